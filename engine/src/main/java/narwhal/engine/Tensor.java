package narwhal.engine;

/// A dense array of 32-bit floats, row-major. Its storage belongs to the engine that made it and is nobody else's
/// business: values go in by [Engine#of] and [Engine#write] and come out by [Engine#read].
///
/// Identity matters, not content: two tensors are equal only if they are the same.
public interface Tensor {
    /// The extents, outermost first.
    Shape shape();
}
