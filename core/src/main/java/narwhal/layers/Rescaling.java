package narwhal.layers;

import java.util.List;
import narwhal.engine.Shape;
import narwhal.errors.Problem;

/// `x · scale + offset`, in training and in prediction alike.
///
/// Source: `keras/src/layers/preprocessing/rescaling.py` of Keras 3.
///
/// @param scale one number for all, or one for each channel (the last axis)
/// @param offset likewise
public record Rescaling(List<Double> scale, List<Double> offset) implements Layer {
    public Rescaling {
        Checks.argument(!scale.isEmpty() && !offset.isEmpty(), "rescaling needs a scale and an offset");
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
    }

    /// What is added, one number for all or one for each channel; 0 unless said.
    public Rescaling offset(Double... offset) {
        return new Rescaling(scale, List.of(offset));
    }

    @Override
    public Shape outputShape(Shape input) {
        int channels = input.rank() == 0 ? 1 : input.last();
        for (var numbers : List.of(scale, offset)) {
            if (numbers.size() != 1 && numbers.size() != channels) {
                throw Problem.SHAPE_MISMATCH.because("input is " + input + ", its channels are not the "
                        + numbers.size() + " of " + numbers, "give one number, or one for each channel");
            }
        }
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        if (scale.size() == 1 && offset.size() == 1) {
            float factor = scale.getFirst().floatValue();
            float plus = offset.getFirst().floatValue();
            return (x, pass) -> pass.tape().scale(x, factor, plus);
        }
        var channels = Shape.of(input.last());
        var factor = builder.constant(channels, scale);
        var plus = builder.constant(channels, offset);
        var mean = builder.constant(channels, 0);
        var variance = builder.constant(channels, 1);
        return (x, pass) -> pass.tape().normalizeFixed(x, mean, variance, factor, plus, 0);
    }
}
