package narwhal.engine;

import org.jspecify.annotations.Nullable;

/// What a convolution applies to a picture.
///
/// @param kernel height × width × channels × filters
/// @param bias one number per filter, or `null` for none
/// @param window size, strides, dilation and padding of the kernel
public record Filters(Tensor kernel, @Nullable Tensor bias, Window window) {}
