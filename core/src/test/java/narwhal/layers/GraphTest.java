package narwhal.layers;

import static narwhal.layers.Layers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.layers.Graph.Step;
import narwhal.models.Model;
import narwhal.regularizers.Regularizers;
import org.junit.jupiter.api.Test;

class GraphTest {
    @Test
    void stepsComeAfterTheirInputs() {
        var x = Graph.input();
        var y = tanh().on(x);
        var graph = Graph.of(x, add().on(y, sigmoid().on(y), x));

        assertThat(graph.steps()).containsExactly(new Step(tanh(), List.of(0)), new Step(sigmoid(), List.of(1)),
                new Step(add(), List.of(1, 2, 0)));
    }

    @Test
    void aSharedLayerHasItsParametersOnce() {
        var x = Graph.input();
        var twice = shared(dense(4).kernelRegularizer(Regularizers.l2(0.5)));
        var graph = Graph.of(x, twice.on(tanh().on(twice.on(x))));

        assertThat(graph.steps().getLast().parametersOf()).isEqualTo(OptionalInt.of(1));
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            var model = Model.of(graph, Shape.of(4), 1, engine);
            assertThat(model.layers()).extracting(Builder.Built::name).containsExactly("dense", "activation");
            assertThat(model.parameters()).hasSize(2);
            var kernel = engine.read(model.parameters().getFirst().value());
            double squares = 0;
            for (float k : kernel) squares += k * k;
            // One kernel, one penalty.
            assertThat(engine.read(model.penalty(Tape.silent(engine)).orElseThrow())[0])
                    .isCloseTo((float) squares / 2, org.assertj.core.api.Assertions.within(1e-6f));
        }
    }

    @Test
    void aSharedConvolutionTakesPicturesOfSeveralSizes() {
        var x = Graph.input();
        var eye = shared(conv2d(2, 3).padding(Padding.SAME));
        var near = globalMaxPooling2d().on(eye.on(x));
        var far = globalMaxPooling2d().on(eye.on(maxPooling2d(2).on(x)));
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(Graph.of(x, concatenate().on(near, far)), Shape.of(6, 6, 1), 1, engine);
            assertThat(model.output()).isEqualTo(Shape.of(4));
            assertThat(model.parameters()).hasSize(2);
        }
    }

    @Test
    void aSharedLayerOfOtherChannelsIsNamed() {
        var x = Graph.input();
        var twice = shared(dense(3));

        assertThatThrownBy(() -> Model.of(Graph.of(x, twice.on(twice.on(x))), Shape.of(4), 1))
                .hasMessageContaining("E-SHAPE-MISMATCH").hasMessageContaining(
                        "shared layer: its kernel is 4×3, this input needs 3×3; give all uses the same channels");
    }

    @Test
    void whatWouldShareNothingIsRefused() {
        var x = Graph.input();
        var hidden = sequential(shared(dense(3)));

        assertThatThrownBy(() -> Model.of(Graph.of(x, hidden.on(x)), Shape.of(4), 1))
                .hasMessage("a shared Dense is not directly in a graph, so it would share nothing");
    }

    @Test
    void mistakesAreNamed() {
        var x = Graph.input();
        var other = Graph.input();
        assertThatThrownBy(() -> Graph.of(x, add().on(x, other))).hasMessage("a graph has one input, got two");
        assertThatThrownBy(() -> Graph.of(x, relu().on(other))).hasMessage("a graph has one input, got two");
        assertThatThrownBy(() -> Model.of(Graph.of(x, dense(2).on(x, x)), Shape.of(4), 1))
                .hasMessageContaining("Dense takes one input, got 2; merge them first");
        assertThatThrownBy(() -> Model.of(Graph.of(x, add().on(x, dense(3).on(x))), Shape.of(4), 1))
                .hasMessage("E-SHAPE-MISMATCH add: inputs are 4 and 3, expected equal extents or 1; "
                        + "bring both branches to one shape first");
        assertThatThrownBy(() -> Model.of(
                Graph.of(x, concatenate().on(maxPooling2d(2).on(x), x)), Shape.of(4, 4, 1), 1))
                .hasMessageContaining(
                        "concatenate: inputs are 2×2×1 and 4×4×1, expected equal extents but for axis -1");
    }

    @Test
    void namesAreGivenOrAutomatic() {
        var network = sequential(dense(2).named("dense_1"), dense(2), dense(2), dense(2).named("last"));
        try (var engine = Engine.cpu(1)) {
            assertThat(Model.of(network, Shape.of(3), 1, engine).layers()).extracting(Builder.Built::name)
                    .containsExactly("dense_1", "dense", "dense_2", "last");
        }
        assertThatThrownBy(() -> Model.of(sequential(dense(2).named("a"), dense(2).named("a")), Shape.of(3), 1))
                .hasMessage("two layers of the model are called 'a'");
    }

    @Test
    void frozenLayersHaveNothingToTrain() {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(
                    sequential(
                            sequential(dense(2).kernelRegularizer(Regularizers.l2(1)), batchNormalization()).frozen(),
                            dense(1)),
                    Shape.of(3), 1, engine);
            assertThat(model.trainable()).extracting(Parameter::path).containsExactly("dense_1/kernel", "dense_1/bias");
            assertThat(model.penalty(Tape.silent(engine))).isEmpty();
        }
    }

    /// A line of 40 layers with a shortcut around each pair needs three pictures at a time, not 60.
    @Test
    void aPassThatDoesNotRecordGivesBackWhatIsUsedUp() {
        var x = Graph.input();
        var y = x;
        for (int i = 0; i < 20; i++) y = add().on(y, tanh().on(sigmoid().on(y)));
        var shape = Shape.of(64, 64, 16);
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(Graph.of(x, y), shape, 1, engine);
            var input = engine.zeros(shape.batch(1));
            long before = engine.peakBytes();
            model.predict(input);
            assertThat(engine.peakBytes() - before).isLessThanOrEqualTo(4L * 4 * shape.size());
        }
    }
}
