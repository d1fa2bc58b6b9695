/// Bytes that nobody vouches for: what may be asked of them ([Limits]) and the one way to read them ([Bytes]). Called by the
/// readers of HDF5 and ZIP; what goes wrong comes out as a [narwhal.errors.NarwhalException].
@NullMarked
package narwhal.guarded;

import org.jspecify.annotations.NullMarked;
