/// Races of whole training steps and single operations against other libraries on the same machine, started by the scripts
/// in `benchmarks/`. Every runner, ours included, is a process of its own ([Runner] and the scripts in `benchmarks/peers`)
/// that does one step when it is told to by [Race]; nothing here is part of the product.
@NullMarked
package narwhal.benchmarks;

import org.jspecify.annotations.NullMarked;
