package narwhal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import narwhal.engine.Shape;
import narwhal.initializers.Initializers;
import narwhal.layers.Builder;
import narwhal.layers.Forward;
import narwhal.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A stranger's layers: one that keeps the contract, and one for every way of breaking it.
class LayerContractTest {
    private static final Shape INPUT = Shape.of(4, 3);

    /// As a stranger would write it: two methods, no gradient.
    private record Gain(float start) implements Layer {
        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Forward build(Builder builder, Shape input) {
            var gain = builder.parameter("gain", Shape.of(1, 1), Initializers.constant(start));
            return (x, pass) -> {
                var column = pass.tape().reshape(x, Shape.of(x.shape().size(), 1));
                return pass.tape().reshape(pass.tape().matmul(column, gain.value()), x.shape());
            };
        }
    }

    @Test
    void aStrangersLayerKeepsTheContract() {
        LayerContract.of(new Gain(0.5f), INPUT).check();
    }

    /// A layer with one fault.
    private record Faulty(String fault, UnaryOperator<Shape> shape, Maker maker) implements Layer {
        private interface Maker {
            Forward build(Builder builder, Shape input);
        }

        Faulty(String fault, Maker maker) {
            this(fault, shape -> shape, maker);
        }

        @Override
        public Shape outputShape(Shape input) {
            return shape.apply(input);
        }

        @Override
        public Forward build(Builder builder, Shape input) {
            return maker.build(builder, input);
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    static Stream<Arguments> faults() {
        var drawn = new AtomicInteger();
        return Stream.of(
                Arguments.of(new Faulty("another shape than promised", shape -> Shape.of(shape.size()),
                        (builder, input) -> (x, pass) -> x),
                        "shape: a batch of 1 in training gives 1×4×3, promised was 1×12"),
                Arguments.of(new Faulty("a step beside the tape",
                        (builder, input) -> (x, pass) -> pass.tape().multiply(x, pass.tape().engine().scale(x, 1, 0))),
                        "gradient: for element 0 of input the tape says"),
                Arguments.of(new Faulty("a parameter beside the tape", (builder, input) -> {
                    var bias = builder.parameter("bias", Shape.of(input.last()), Initializers.ones());
                    return (x, pass) -> pass.tape().addBias(x, pass.tape().engine().scale(bias.value(), 1, 0));
                }), "gradient: for element 1 of faulty/bias the tape says 0.00000, finite differences say"),
                Arguments.of(new Faulty("chance of its own", (builder, input) -> (x, pass) -> pass.training()
                        ? pass.tape().scale(x, drawn.incrementAndGet(), 0)
                        : x), "repeatability: the same training step gives other bits"),
                Arguments.of(new Faulty("first values by chance", (builder, input) -> {
                    var bias = builder.parameter("bias", Shape.of(input.last()),
                            (shape, uniform) -> new float[]{drawn.incrementAndGet(), 0, 0});
                    return (x, pass) -> pass.tape().addBias(x, bias.value());
                }), "repeatability: the same seed gives other parameters"),
                Arguments.of(new Faulty("writes into its input", (builder, input) -> (x, pass) -> {
                    var y = pass.tape().scale(x, 2, 0);
                    pass.tape().engine().updateAverage(x, y, 0.5f);
                    return y;
                }), "repeatability: the layer changes its input"),
                Arguments.of(new Faulty("dropout at inference", (builder, input) -> {
                    int stream = builder.randomStream();
                    return (x, pass) -> pass.tape().dropout(x, 0.5f, pass.key(stream));
                }), "inference: the result depends on the step"),
                Arguments.of(new Faulty("normalises over the batch at inference",
                        (builder, input) -> (x, pass) -> pass.tape().addBias(x, pass.tape().engine().mean(x))),
                        "inference: sample 0 alone gives another result"),
                Arguments.of(new Faulty("keeps averages up to date at inference", (builder, input) -> {
                    var mean = builder.state("mean", Shape.of(input.last()), Initializers.zeros());
                    return (x, pass) -> {
                        var engine = pass.tape().engine();
                        engine.updateAverage(mean.value(), engine.mean(x), 0.9f);
                        return pass.tape().scale(x, 2, 0);
                    };
                }), "inference: a pass changes faulty/mean"),
                Arguments.of(new Faulty("trains itself", (builder, input) -> {
                    var bias = builder.parameter("bias", Shape.of(input.last()), Initializers.zeros());
                    return (x, pass) -> {
                        var y = pass.tape().addBias(x, bias.value());
                        var engine = pass.tape().engine();
                        if (pass.training()) engine.updateAverage(bias.value(), engine.mean(x), 0.9f);
                        return y;
                    };
                }), "training: a pass changes faulty/bias"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void everyFaultIsFound(Layer layer, String sentence) {
        assertThat(LayerContract.of(layer, INPUT).broken())
                .anySatisfy(promise -> assertThat(promise).startsWith(sentence));
    }

    @Test
    void theErrorNamesLayerAndPromise() {
        var layer = new Faulty("another shape than promised", shape -> Shape.of(shape.size()),
                (builder, input) -> (x, pass) -> x);

        assertThatThrownBy(() -> LayerContract.of(layer, INPUT).check()).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("another shape than promised on 4×3 breaks the contract of layers:\n  shape: ");
    }
}
