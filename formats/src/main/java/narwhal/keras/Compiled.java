package narwhal.keras;

import java.util.List;
import java.util.Optional;
import narwhal.losses.Loss;
import narwhal.metrics.Metric;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.OptimizerState;

/// What a model was trained with, so that training can go on:
///
/// ```java
/// var trainer = Trainer.of(model, compiled.loss(), compiled.optimizer(), compiled.metrics());
/// trainer.fit(train, epochs(5).optimizerState(compiled.state().orElseThrow()));
/// ```
///
/// @param state where the optimizer was; empty if the file does not tell, or tells of another one
public record Compiled(Optimizer optimizer, Loss loss, List<Metric> metrics, Optional<OptimizerState> state) {
    public Compiled {
        metrics = List.copyOf(metrics);
    }
}
