package narwhal.initializers;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// Every element the same.
///
/// @param value of every element
public record Constant(double value) implements Initializer {
    @Override
    public float[] values(Shape shape, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        Arrays.fill(values, (float) value);
        return values;
    }
}
