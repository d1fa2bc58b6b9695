package narwhal.keras;

import java.util.Optional;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.losses.Loss;
import narwhal.metrics.Metric;
import narwhal.optimizers.Optimizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a model was compiled: optimizer, loss and metrics. `.keras` calls it `compile_config`, `.h5` `training_config`.
final class Compilations {
    private static final String PLACE = "training";

    private Compilations() {
    }

    /// What was read, still without the optimizer's memory.
    record Read(Optimizer optimizer, Loss loss, java.util.List<Metric> metrics) {}

    /// @param config missing where the model was not compiled
    /// @param optimizer the key of the optimizer, `optimizer` or `optimizer_config`
    /// @return empty also for an optimizer or a loss that Narwhal does not know, of which a note is made
    static Optional<Read> read(JsonNode config, String optimizer, Origin origin) {
        if (!config.hasNonNull(optimizer)) return Optional.empty();
        try {
            var fields = new Fields(origin, PLACE, config);
            var read = OptimizerConfigs.read(fields.argument(optimizer));
            var loss = LossConfigs.read(fields.argument("loss"));
            if (read.isEmpty() || loss.isEmpty()) return Optional.empty();
            return Optional.of(new Read(read.get(), loss.get(), MetricConfigs.read(fields.argument("metrics"))));
        } catch (IllegalArgumentException e) {
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": " + PLACE + ": " + e.getMessage(), e);
        }
    }

    /// For `.keras`; empty for an optimizer of the user's own.
    static Optional<ObjectNode> keras3(Compiled compiled) {
        return optimizer(compiled, Dialect.KERAS_3).map(optimizer -> {
            var config = Json.object();
            config.set("optimizer", optimizer);
            return rest(compiled, config, Dialect.KERAS_3);
        });
    }

    /// For whole-model `.h5`; empty for an optimizer of the user's own.
    ///
    /// @param keras22 whether the learning rate has its old name
    static Optional<ObjectNode> legacy(Compiled compiled, boolean keras22) {
        return optimizer(compiled, Dialect.KERAS_2).map(optimizer -> {
            if (keras22 && optimizer.get("config") instanceof ObjectNode config && config.has("learning_rate")) {
                config.set("lr", config.remove("learning_rate"));
                config.put("decay", 0.0);
                // Keras 2.2 means the norm of all gradients by clipnorm, and has nothing for each one's.
                var all = config.remove("global_clipnorm");
                if (all != null) config.set("clipnorm", all);
                else
                    config.remove("clipnorm");
            }
            var written = Json.object();
            written.set("optimizer_config", optimizer);
            rest(compiled, written, Dialect.KERAS_2).putNull("sample_weight_mode");
            return written;
        });
    }

    private static Optional<ObjectNode> optimizer(Compiled compiled, Dialect dialect) {
        double rate = compiled.state().map(state -> state.learningRate()).orElse(compiled.optimizer().learningRate());
        return OptimizerConfigs.write(compiled.optimizer(), rate, dialect);
    }

    private static ObjectNode rest(Compiled compiled, ObjectNode config, Dialect dialect) {
        config.set("loss", LossConfigs.write(compiled.loss(), dialect));
        config.putNull("loss_weights");
        config.set("metrics", MetricConfigs.write(compiled.metrics(), dialect));
        if (dialect == Dialect.KERAS_3)
            config.putNull("weighted_metrics").put("run_eagerly", false).put("steps_per_execution", 1)
                    .put("jit_compile", false);
        return config;
    }
}
