package narwhal.data.synth;

import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.adam;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import narwhal.data.Batches;
import narwhal.data.Preparation;
import narwhal.data.synth.OrcaSynth.Part;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.models.Model;
import narwhal.models.Networks;
import narwhal.training.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the default set is for: hard for a linear model, easy for the default network.
@Tag("slow")
class OrcaSynthLearningTest {
    private static double[] accuracies(String network, int passes, long seed) {
        var preparation = Preparation.standard().resize(OrcaSynth.HEIGHT, OrcaSynth.WIDTH)
                .rescale(1f / 255);
        var set = OrcaSynth.standard();
        try (var engine = Engine.cpu(2)) {
            var model = Model.of(Networks.named(network, 2), Shape.of(OrcaSynth.HEIGHT, OrcaSynth.WIDTH, 3), seed,
                    engine);
            return Trainer.of(model, binaryCrossentropy(), adam(), accuracy())
                    .fit(Batches.of(preparation.dataset(set.part(Part.TRAIN)), 32).shuffle(seed), epochs(passes)
                            .validation(Batches.of(preparation.dataset(set.part(Part.VALIDATION)), 64)))
                    .series("val_accuracy");
        }
    }

    @Test
    void aLinearModelFails() {
        assertThat(Arrays.stream(accuracies("linear", 40, 1)).max().orElseThrow()).isLessThan(0.8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theDefaultNetworkLearnsItInTenPasses(long seed) {
        assertThat(accuracies("small", 10, seed)[9]).isGreaterThanOrEqualTo(0.95);
    }
}
