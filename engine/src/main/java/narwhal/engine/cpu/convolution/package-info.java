/// Pictures (NHWC) and kernels (HWIO) come in as float arrays, their convolution and its two gradients go out; each kernel
/// family is one file that opens with its mathematics. [Chooser] picks the family from the shape alone. Called by the CPU
/// engine only.
@NullMarked
package narwhal.engine.cpu.convolution;

import org.jspecify.annotations.NullMarked;
