package narwhal.initializers;

import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// The normal distribution, drawn again beyond two standard deviations.
///
/// @param mean 0 unless said
/// @param deviation standard deviation before the ends are cut off, at least 0; 0.05 unless said
public record TruncatedNormal(double mean, double deviation) implements Initializer {
    public TruncatedNormal {
        if (!(deviation >= 0)) throw new IllegalArgumentException("a deviation is at least 0, got " + deviation);
    }

    @Override
    public float[] values(Shape shape, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) (mean + Draws.truncated(uniform) * deviation);
        return values;
    }
}
