package narwhal.layers;

import java.util.List;
import java.util.Optional;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.initializers.Initializers;

/// `(x − mean) / √variance`, channel by channel (the last axis), in training and in prediction alike; a standard deviation
/// below 10⁻⁷ counts as that. Without moments, the layer has the weights `mean`, `variance` and `count`, which no optimizer
/// trains: Keras' adapted layer, read from a file.
///
/// Source: `keras/src/layers/preprocessing/normalization.py` of Keras 3.
///
/// @param moments what is subtracted and divided by; empty for weights of the layer's own
public record Normalization(Optional<Moments> moments) implements Layer {
    /// Mean and variance, one number for all channels or one for each.
    public record Moments(List<Double> mean, List<Double> variance) {
        public Moments {
            Checks.argument(!mean.isEmpty() && mean.size() == variance.size(),
                    "normalization needs as many means as variances, got " + mean + " and " + variance);
            Checks.argument(variance.stream().allMatch(v -> v >= 0),
                    "normalization needs variances of 0 or more, got " + variance);
            mean = List.copyOf(mean);
            variance = List.copyOf(variance);
        }

        /// The moments of pictures or other samples whose last axis has `channels` channels.
        ///
        /// @param values whole samples, one after another
        public static Moments of(int channels, float... values) {
            Checks.argument(channels >= 1 && values.length > 0 && values.length % channels == 0,
                    values.length + " values are no whole pixels of " + channels + " channels");
            int pixels = values.length / channels;
            var mean = new Double[channels];
            var variance = new Double[channels];
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int i = c; i < values.length; i += channels) sum += values[i];
                double squares = 0;
                for (int i = c; i < values.length; i += channels) {
                    squares += (values[i] - sum / pixels) * (values[i] - sum / pixels);
                }
                mean[c] = sum / pixels;
                variance[c] = squares / pixels;
            }
            return new Moments(List.of(mean), List.of(variance));
        }
    }

    /// Its square is the least standard deviation; nothing in comparison with any other.
    private static final float EPSILON = 1e-14f;

    @Override
    public Shape outputShape(Shape input) {
        int given = moments.map(m -> m.mean().size()).orElse(1);
        if (input.rank() == 0 || (given != 1 && given != input.last())) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", its channels are not the " + given
                    + " that were given", "give one mean, or one for each channel");
        }
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var channels = Shape.of(input.last());
        var mean = moments.map(m -> builder.constant(channels, m.mean()))
                .orElseGet(() -> builder.state("mean", channels, Initializers.zeros()).value());
        var variance = moments.map(m -> builder.constant(channels, m.variance()))
                .orElseGet(() -> builder.state("variance", channels, Initializers.ones()).value());
        if (moments.isEmpty()) builder.state("count", Shape.of(), Initializers.zeros());
        var zero = builder.constant(channels, 0);
        var one = builder.constant(channels, 1);
        return (x, pass) -> {
            var tape = pass.tape();
            var centred = tape.addBias(x, tape.engine().scale(mean, -1, 0));
            return Checks.last(tape, centred, tape.normalizeFixed(centred, zero, variance, one, zero, EPSILON));
        };
    }
}
