package narwhal.initializers;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// Makers of initializers. Formulas and defaults: `keras/src/initializers/random_initializers.py` of Keras 3.
public final class Initializers {
    /// Standard deviation of a normal distribution cut off at two standard deviations.
    private static final double TRUNCATED = 0.8796256610342398;

    private Initializers() {
    }

    /// All 0.
    public static Initializer zeros() {
        return constant(0);
    }

    /// All 1.
    public static Initializer ones() {
        return constant(1);
    }

    /// All `value`.
    public static Initializer constant(float value) {
        return (shape, uniform) -> {
            var values = new float[shape.size()];
            Arrays.fill(values, value);
            return values;
        };
    }

    /// Uniform within ±√(6 / (inputs + outputs)). Glorot and Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks", 2010.
    public static Initializer glorotUniform() {
        return (shape, uniform) -> uniform(shape, Math.sqrt(3 / Math.max(1, (inputs(shape) + outputs(shape)) / 2)),
                uniform);
    }

    /// Normal, cut off at two standard deviations, with variance 2 / (inputs + outputs).
    public static Initializer glorotNormal() {
        return (shape, uniform) -> normal(shape, Math.sqrt(1 / Math.max(1, (inputs(shape) + outputs(shape)) / 2)),
                uniform);
    }

    /// Uniform within ±√(6 / inputs). He et al., "Delving deep into rectifiers", arXiv 1502.01852.
    public static Initializer heUniform() {
        return (shape, uniform) -> uniform(shape, Math.sqrt(6 / Math.max(1, inputs(shape))), uniform);
    }

    /// Normal, cut off at two standard deviations, with variance 2 / inputs.
    public static Initializer heNormal() {
        return (shape, uniform) -> normal(shape, Math.sqrt(2 / Math.max(1, inputs(shape))), uniform);
    }

    private static float[] uniform(Shape shape, double limit, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) ((2 * uniform.getAsDouble() - 1) * limit);
        return values;
    }

    private static float[] normal(Shape shape, double deviation, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) (truncated(uniform) * deviation / TRUNCATED);
        return values;
    }

    /// Box and Muller, drawn again beyond two standard deviations. `StrictMath`, since these bits are stored for ever.
    private static double truncated(DoubleSupplier uniform) {
        while (true) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform.getAsDouble()));
            double z = radius * StrictMath.cos(2 * Math.PI * uniform.getAsDouble());
            if (Math.abs(z) <= 2) return z;
        }
    }

    private static double inputs(Shape shape) {
        return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.last();
    }

    private static double outputs(Shape shape) {
        return shape.rank() < 2 ? shape.size() : (double) shape.size() / shape.dim(-2);
    }
}
