/// The engine that runs on the CPU: shapes and memory in [CpuEngine], arithmetic in one interface for each family of
/// kernels with a scalar version (the definition) and a vector version. Kernels see plain arrays and ranges; they know
/// neither tensors nor threads. Called through `narwhal.engine.Engine` only.
@NullMarked
package narwhal.engine.cpu;

import org.jspecify.annotations.NullMarked;
