/// libtorch from Java, by the JavaCPP presets, as a peer in races.
@NullMarked
package narwhal.benchmarks.libtorch;

import org.jspecify.annotations.NullMarked;
