package narwhal.initializers;

import java.util.function.DoubleSupplier;
import narwhal.engine.Shape;

/// Uniform from `least` to `most`.
///
/// @param least −0.05 unless said
/// @param most 0.05 unless said, at least `least`
public record RandomUniform(double least, double most) implements Initializer {
    public RandomUniform {
        if (!(least <= most)) throw new IllegalArgumentException("nothing lies from " + least + " to " + most);
    }

    @Override
    public float[] values(Shape shape, DoubleSupplier uniform) {
        var values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) (least + (most - least) * uniform.getAsDouble());
        return values;
    }
}
