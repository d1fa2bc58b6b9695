package narwhal.keras;

import java.util.Optional;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An initializer. In our files the named special cases (Glorot, He, LeCun) are `VarianceScaling`, as in Keras 2.2.
///
/// Source: `keras/src/initializers` of Keras 3.
final class InitializerForm implements Form {
    private static final String MODULE = "keras.initializers";

    static final JsonNode GLOROT_UNIFORM = scaling(1, "fan_avg", "uniform");
    static final JsonNode ZEROS = simple("Zeros");
    static final JsonNode ONES = simple("Ones");

    @Override
    public Optional<JsonNode> read(Argument came) {
        return Optional.of(switch (Objects.className(came)) {
            case "Zeros", "zeros", "zero" -> ZEROS;
            case "Ones", "ones", "one" -> ONES;
            case "Constant", "constant" -> numbers("Constant", came, "value", 0, null, 0);
            case "RandomUniform", "random_uniform", "uniform" ->
                numbers("RandomUniform", came, "minval", -0.05, "maxval", 0.05);
            case "RandomNormal", "random_normal", "normal" -> numbers("RandomNormal", came, "mean", 0, "stddev", 0.05);
            case "TruncatedNormal", "truncated_normal" -> numbers("TruncatedNormal", came, "mean", 0, "stddev", 0.05);
            case "GlorotUniform", "glorot_uniform" -> GLOROT_UNIFORM;
            case "GlorotNormal", "glorot_normal" -> scaling(1, "fan_avg", "truncated_normal");
            case "HeUniform", "he_uniform" -> scaling(2, "fan_in", "uniform");
            case "HeNormal", "he_normal" -> scaling(2, "fan_in", "truncated_normal");
            case "LecunUniform", "lecun_uniform" -> scaling(1, "fan_in", "uniform");
            case "LecunNormal", "lecun_normal" -> scaling(1, "fan_in", "truncated_normal");
            case "VarianceScaling", "variance_scaling" -> scaling(Objects.number(came, "scale", 1),
                    Objects.word(came, "mode", "fan_in"), distribution(came));
            case "Orthogonal", "OrthogonalInitializer", "orthogonal", "Identity", "IdentityInitializer", "identity" -> {
                came.note("is not known here; if the model is trained anew, it starts as GlorotUniform");
                yield GLOROT_UNIFORM;
            }
            default -> throw came.unsupported("an initializer of Narwhal's");
        });
    }

    /// Keras 2.2 says `normal` and cuts it off all the same.
    private static String distribution(Argument came) {
        var name = Objects.word(came, "distribution", "truncated_normal");
        return name.equals("normal") ? "truncated_normal" : name;
    }

    @Override
    public JsonNode write(JsonNode ours, Dialect dialect) {
        var name = ours.path("class_name").asString();
        var config = (ObjectNode) ours.path("config").deepCopy();
        if (name.equals("VarianceScaling") && dialect == Dialect.KERAS_3) {
            var special = special(ours);
            if (special.isPresent())
                return Objects.write(MODULE, special.get(), Json.object().put("seed", (String) null), dialect);
        }
        if (name.equals("VarianceScaling") && config.path("distribution").asString().equals("truncated_normal")
                && dialect == Dialect.KERAS_2)
            config.put("distribution", "normal");
        if (!name.equals("Zeros") && !name.equals("Ones") && !name.equals("Constant")) config.putNull("seed");
        return Objects.write(MODULE, name, config, dialect);
    }

    private static Optional<String> special(JsonNode ours) {
        if (ours.equals(GLOROT_UNIFORM)) return Optional.of("GlorotUniform");
        if (ours.equals(scaling(1, "fan_avg", "truncated_normal"))) return Optional.of("GlorotNormal");
        if (ours.equals(scaling(2, "fan_in", "uniform"))) return Optional.of("HeUniform");
        if (ours.equals(scaling(2, "fan_in", "truncated_normal"))) return Optional.of("HeNormal");
        if (ours.equals(scaling(1, "fan_in", "uniform"))) return Optional.of("LecunUniform");
        if (ours.equals(scaling(1, "fan_in", "truncated_normal"))) return Optional.of("LecunNormal");
        return Optional.empty();
    }

    private static ObjectNode simple(String className) {
        var node = Json.object().put("class_name", className);
        node.putObject("config");
        return node;
    }

    private static ObjectNode scaling(double scale, String mode, String distribution) {
        var node = Json.object().put("class_name", "VarianceScaling");
        node.putObject("config").put("scale", scale).put("mode", mode).put("distribution", distribution);
        return node;
    }

    private static ObjectNode numbers(String className, Argument came, String first, double firstFallback,
            @org.jspecify.annotations.Nullable String second, double secondFallback) {
        var node = Json.object().put("class_name", className);
        var config = node.putObject("config").put(first, Objects.number(came, first, firstFallback));
        if (second != null) config.put(second, Objects.number(came, second, secondFallback));
        return node;
    }
}
