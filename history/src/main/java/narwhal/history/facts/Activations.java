package narwhal.history.facts;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Names of activations.
final class Activations {
    private static final Set<String> KNOWN = Set.of("relu", "sigmoid", "tanh", "elu", "selu", "softmax", "softplus",
            "softsign", "swish", "gelu",
            "leakyrelu", "leaky_relu", "prelu", "relu6", "hard_sigmoid", "silu", "mish", "linear", "log_softmax",
            "logsoftmax", "exponential");

    private Activations() {
    }

    /// The activation that a word names, in lower case under Keras' name.
    static Optional<String> name(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        var last = lower.substring(lower.lastIndexOf('.') + 1);
        if (last.equals("leaky-relu") || last.equals("leakyrelu")) return Optional.of("leaky_relu");
        if (last.equals("relus")) return Optional.of("relu");
        return KNOWN.contains(last) ? Optional.of(last) : Optional.empty();
    }
}
