package narwhal.history.facts;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Names of optimizers and the learning rates that frameworks give them by default.
final class Optimizers {
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("adam", "adam"), Map.entry("sgd", "sgd"),
            Map.entry("rmsprop", "rmsprop"), Map.entry("rms_prop", "rmsprop"), Map.entry("rmsp", "rmsprop"),
            Map.entry("adagrad", "adagrad"),
            Map.entry("adadelta", "adadelta"), Map.entry("adamax", "adamax"), Map.entry("nadam", "nadam"),
            Map.entry("adamw", "adamw"),
            Map.entry("ftrl", "ftrl"), Map.entry("adamoptimizer", "adam"), Map.entry("gradientdescentoptimizer", "sgd"),
            Map.entry("rmspropoptimizer", "rmsprop"), Map.entry("momentumoptimizer", "sgd"),
            Map.entry("radam", "radam"),
            Map.entry("lamb", "lamb"), Map.entry("lars", "lars"), Map.entry("lion", "lion"),
            Map.entry("adagradoptimizer", "adagrad"),
            Map.entry("adadeltaoptimizer", "adadelta"), Map.entry("amsgrad", "adam"),
            Map.entry("adafactor", "adafactor"));

    private Optimizers() {
    }

    /// The house's name of an optimizer, whatever the case it is written in; empty if it is none.
    static Optional<String> name(String word) {
        var lower = word.toLowerCase(java.util.Locale.ROOT);
        return Optional.ofNullable(NAMES.get(lower.substring(lower.lastIndexOf('.') + 1)));
    }

    /// The learning rate where none is given. Keras: `keras/src/optimizers/*.py` (Adam, RMSprop, Nadam, AdamW, Adamax, Adagrad 1e-3,
    /// SGD 1e-2; Adadelta 1e-3, in Keras 1 and 2 1.0; Adagrad 1e-2, Nadam and Adamax 2e-3 in Keras 1 and 2). PyTorch:
    /// `torch/optim/*.py` (Adam, AdamW, RAdam 1e-3; RMSprop, Adagrad 1e-2; Adamax, NAdam 2e-3; Adadelta 1; SGD 1e-3 since 2.0).
    static OptionalDouble defaultRate(String name, Optional<Framework> framework) {
        boolean torch = framework.filter(f -> f.name().equals("pytorch")).isPresent();
        boolean old = framework
                .filter(f -> f.name().equals("keras") && (f.version().startsWith("1") || f.version().startsWith("2")))
                .isPresent();
        return switch (name) {
            case "adam", "adamw", "radam", "ftrl" -> OptionalDouble.of(1e-3);
            case "rmsprop" -> OptionalDouble.of(torch ? 1e-2 : 1e-3);
            case "sgd" -> torch ? OptionalDouble.of(1e-3) : OptionalDouble.of(1e-2);
            case "adagrad" -> OptionalDouble.of(torch || old ? 1e-2 : 1e-3);
            case "adamax", "nadam" -> OptionalDouble.of(torch || old ? 2e-3 : 1e-3);
            case "adadelta" -> OptionalDouble.of(torch || old ? 1.0 : 1e-3);
            default -> OptionalDouble.empty();
        };
    }
}
