/// Tensors come in, tensors go out: an [Engine] runs the primitive operations of a network, a [Tape] records them and
/// replays their gradients. Called by layers, losses and optimizers; nobody above sees a float array's inside.
@NullMarked
package narwhal.engine;

import org.jspecify.annotations.NullMarked;
