package narwhal.initializers;

import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// Mean 0 and variance scale / n, where n counts the inputs of an output, the outputs of an input or the mean of both. The
/// initializers that bear names (Glorot, He, LeCun) are such.
///
/// Of a kernel height × width × inputs × outputs, an output has height · width · inputs inputs. Source:
/// `keras/src/initializers/random_initializers.py` of Keras 3.
///
/// @param scale above 0
/// @param mode what is counted
/// @param distribution of the values
public record VarianceScaling(double scale, Mode mode, Distribution distribution) implements Initializer {
    /// Standard deviation of a normal distribution cut off at two standard deviations.
    private static final double TRUNCATED = 0.8796256610342398;

    /// What is counted, by its name in Keras.
    public enum Mode {
        FAN_IN,
        FAN_OUT,
        FAN_AVG
    }

    /// By its name in Keras.
    public enum Distribution {
        UNIFORM,
        TRUNCATED_NORMAL,
        UNTRUNCATED_NORMAL
    }

    public VarianceScaling {
        if (!(scale > 0)) throw new IllegalArgumentException("a variance has a scale above 0, got " + scale);
    }

    @Override
    public float[] values(Shape shape, DoubleSupplier uniform) {
        double n = switch (mode) {
            case FAN_IN -> inputs(shape);
            case FAN_OUT -> outputs(shape);
            case FAN_AVG -> (inputs(shape) + outputs(shape)) / 2;
        };
        double variance = scale / Math.max(1, n);
        return switch (distribution) {
            case UNIFORM -> uniform(shape, Math.sqrt(3 * variance), uniform);
            case TRUNCATED_NORMAL -> new TruncatedNormal(0, Math.sqrt(variance) / TRUNCATED).values(shape, uniform);
            case UNTRUNCATED_NORMAL -> new RandomNormal(0, Math.sqrt(variance)).values(shape, uniform);
        };
    }

    private static float[] uniform(Shape shape, double limit, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) ((2 * uniform.getAsDouble() - 1) * limit);
        return values;
    }

    private static double inputs(Shape shape) {
        return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.last();
    }

    private static double outputs(Shape shape) {
        return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.dim(-2);
    }
}
