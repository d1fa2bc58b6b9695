package narwhal.initializers;

import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// The normal distribution.
///
/// @param mean 0 unless said
/// @param deviation standard deviation, at least 0; 0.05 unless said
public record RandomNormal(double mean, double deviation) implements Initializer {
    public RandomNormal {
        if (!(deviation >= 0)) throw new IllegalArgumentException("a deviation is at least 0, got " + deviation);
    }

    @Override
    public float[] values(Shape shape, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) (mean + Draws.normal(uniform) * deviation);
        return values;
    }
}
