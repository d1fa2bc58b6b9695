package narwhal.keras;

import java.util.List;
import java.util.Optional;
import narwhal.losses.Loss;
import narwhal.metrics.Metric;
import narwhal.models.Model;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.OptimizerState;
import narwhal.training.Trainer;

/// What a model was trained with, so that training can go on:
///
/// ```java
/// var trainer = compiled.trainer(model);
/// trainer.fit(train, epochs(5).optimizerState(compiled.state().orElseThrow()));
/// ```
///
/// @param state where the optimizer was; empty if the file does not tell, or tells of another one
public record Compiled(Optimizer optimizer, Loss loss, List<Metric> metrics, Optional<OptimizerState> state) {
    public Compiled {
        metrics = List.copyOf(metrics);
    }

    /// A trainer with this loss, optimizer and these metrics.
    public Trainer trainer(Model model) {
        return Trainer.of(model, loss, optimizer, metrics.toArray(Metric[]::new));
    }
}
