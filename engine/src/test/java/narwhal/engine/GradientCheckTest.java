package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private static final Activation RELU = new Activation.Relu(0, Float.POSITIVE_INFINITY);

    @Test
    void rightGradientsAreAccepted() {
        try (var engine = Engine.cpu(1)) {
            var x = engine.of(Shape.of(3), 0.5f, -1, 0.3f);

            assertThat(GradientCheck.differences(engine, tape -> tape.activate(RELU, x), List.of(x))).isEmpty();
            assertThat(engine.read(x)).containsExactly(0.5f, -1, 0.3f);
        }
    }

    @Test
    void aKinkBetweenTheWidePointsIsNoAlarm() {
        try (var engine = Engine.cpu(1)) {
            var x = engine.of(Shape.of(2), 0.004f, -0.004f);

            assertThat(GradientCheck.differences(engine, tape -> tape.activate(RELU, x), List.of(x))).isEmpty();
        }
    }

    /// The function bypasses the tape on its way, so the tape sees half of the gradient.
    @Test
    void aLostGradientIsFound() {
        try (var engine = Engine.cpu(1)) {
            var x = engine.of(Shape.of(2), 0.5f, 1.5f);

            var differences = GradientCheck.differences(engine,
                    tape -> tape.multiply(x, tape.engine().scale(x, 1, 0)), List.of(x));

            assertThat(differences).hasSize(2);
            assertThat(differences.getFirst().slope() / differences.getFirst().gradient()).isBetween(1.99, 2.01);
            assertThat(differences.getFirst()).asString().startsWith("leaf 0, element 0: the tape says ");
        }
    }

    @Test
    void aTensorTheTapeNeverSawHasGradientZero() {
        try (var engine = Engine.cpu(1)) {
            var x = engine.of(Shape.of(1), 0.5f);

            assertThat(GradientCheck.differences(engine, tape -> tape.engine().scale(x, 2, 0), List.of(x)))
                    .singleElement().satisfies(difference -> assertThat(difference.gradient()).isZero());
        }
    }
}
