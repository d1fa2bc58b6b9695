package narwhal.training;

import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.adam;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import narwhal.data.Batches;
import narwhal.data.Dataset;
import narwhal.engine.Engine;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.History;
import narwhal.models.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures that break while the training runs. Oracle: the set without them, and the count of what was scored.
class LostPicturesTest {
    private static final Shapes SHAPES = new Shapes(40, 8);

    /// Some of its pictures cannot be read.
    private static Dataset broken(Dataset dataset, Set<Integer> lost, Problem problem) {
        return new WatchedDataset(dataset, index -> {
            if (lost.contains(index)) throw problem.because(dataset.nameOf(index) + ": gone");
        });
    }

    private static History train(Dataset train, Dataset validation, int loaders, List<String> told) {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(sequential(flatten(), dense(1), sigmoid()), SHAPES.shape(), 3, engine);
            return Trainer.of(model, binaryCrossentropy(), adam(0.01), accuracy()).fit(Batches.of(train, 8).shuffle(1),
                    epochs(2).validation(Batches.of(validation, 8)).loaders(loaders)
                            .goingOnWithout(lost -> told.add(lost.getMessage())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void areLeftOutFromThenOn(int loaders) {
        var told = Collections.synchronizedList(new ArrayList<String>());
        var seen = Collections.synchronizedList(new ArrayList<Integer>());
        var broken = broken(SHAPES, Set.of(3, 7, 12), Problem.IMG_CHANGED);

        var history = train(new WatchedDataset(broken, seen::add), broken, loaders, told);

        assertThat(seen.stream().filter(picture -> picture == 3)).hasSize(1);
        assertThat(seen.stream().filter(picture -> picture == 4)).hasSize(2);
        assertThat(told).allMatch(line -> line.startsWith("E-IMG-CHANGED picture ")).hasSize(6); // 3 of each set
        for (var epoch : history.epochs()) assertThat(epoch.audit().orElseThrow().images()).isEqualTo(37);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISK_WRITE", "DATA_NOT_FOUND"})
    void otherProblemsEndTheTraining(Problem problem) {
        assertThatThrownBy(() -> train(broken(SHAPES, Set.of(3), problem), SHAPES, 1, new ArrayList<>()))
                .isInstanceOfSatisfying(NarwhalException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aBatchWithoutAnyEndsTheTraining(int loaders) {
        var first = Set.of(0, 1, 2, 3, 4, 5, 6, 7);
        assertThatThrownBy(
                () -> train(SHAPES, broken(SHAPES, first, Problem.IMG_CORRUPT), loaders, new ArrayList<>()))
                .hasMessageContaining("no picture of its batch can be read");
    }
}
