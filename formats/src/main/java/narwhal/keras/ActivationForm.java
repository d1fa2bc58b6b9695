package narwhal.keras;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A function by its name. Source: `keras/src/activations` of Keras 3.
final class ActivationForm implements Form {
    private static final Set<String> KNOWN = Set.of("linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu",
            "silu",
            "hard_silu", "mish", "softplus", "softsign", "exponential", "sigmoid", "hard_sigmoid", "tanh", "hard_tanh",
            "softmax");

    @Override
    public Optional<JsonNode> read(Argument came) {
        if (came.value().isNull()) return Optional.of(Forms.text("linear"));
        var name = Objects.className(came).toLowerCase(Locale.ROOT);
        if (name.equals("swish")) name = "silu";
        if (name.equals("hard_swish")) name = "hard_silu";
        if (!KNOWN.contains(name)) throw came.unsupported("a function of Narwhal's");
        if (name.equals("hard_sigmoid") && !came.origin().keras3())
            throw came.unsupported("Keras 3's, which is another function");
        return Optional.of(Forms.text(name));
    }

    @Override
    public JsonNode write(JsonNode ours, Dialect dialect) {
        if (ours.asString().equals("gelu_tanh"))
            throw narwhal.errors.Problem.MODEL_UNKNOWN_LAYER.because(
                    "an activation is gelu by the tanh formula, which Keras cannot save", "use gelu");
        return ours;
    }
}
