package narwhal.initializers;

import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// The distribution of a parameter's first values.
@FunctionalInterface
public interface Initializer {
    /// One value for each element of `shape`, in row-major order.
    ///
    /// @param uniform gives the next number in [0, 1) of this parameter's own stream
    float[] values(Shape shape, DoubleSupplier uniform);
}
