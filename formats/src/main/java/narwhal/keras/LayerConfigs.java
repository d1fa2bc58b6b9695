package narwhal.keras;

import java.util.Set;
import narwhal.errors.Problem;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of one layer, from Keras' form to ours and back. Ours is that of [narwhal.models.Architecture].
final class LayerConfigs {
    /// What every layer has, beside its own arguments.
    private static final Set<String> COMMON = Set.of("name", "trainable", "dtype", "batch_input_shape", "batch_shape",
            "input_shape", "input_dtype", "batch_size");

    private LayerConfigs() {
    }

    /// @param place such as `layer 'conv2d_1'`
    static ObjectNode read(Kind kind, JsonNode config, String place, Origin origin) {
        var ours = Json.object();
        for (var key : kind.keys()) {
            var came = config.has(key.name()) ? config.get(key.name()) : config.path(key.oldName());
            var argument = new Argument(origin, place, key.name(), came);
            if (came.isMissingNode() && key.fallback().isEmpty()) throw argument.damaged("a value");
            var value = came.isMissingNode()
                    ? key.fallback().filter(fallback -> key.form().isOurs() && !fallback.isNull())
                    : key.form().read(argument);
            value.ifPresent(v -> ours.set(key.name(), v));
        }
        for (var name : config.propertyNames()) {
            if (!COMMON.contains(name) && kind.keys().stream().noneMatch(key -> is(key, name)))
                origin.note(place + ": " + name + " is unknown and was left out");
        }
        dtype(config.path("dtype"), place, origin);
        return ours;
    }

    private static boolean is(Key key, String name) {
        return key.name().equals(name) || key.oldName().equals(name);
    }

    static ObjectNode write(Kind kind, JsonNode ours, Dialect dialect) {
        var config = Json.object();
        for (var key : kind.keys()) {
            var value = ours.has(key.name())
                    ? ours.get(key.name())
                    : key.fallback().orElseGet(() -> ours.path(key.name()));
            boolean usual = key.fallback().filter(value::equals).isPresent();
            boolean written = switch (key.written()) {
                case ALWAYS -> true;
                case SINCE_KERAS_3 -> dialect == Dialect.KERAS_3 || !usual;
                case NEVER -> false;
            };
            if (written)
                config.set(dialect == Dialect.KERAS_3 ? key.name() : key.oldName(), key.form().write(value, dialect));
        }
        return config;
    }

    /// The type in which Keras computes. Narwhal computes in 32 bits; weights of 16 and 64 are converted.
    private static void dtype(JsonNode dtype, String place, Origin origin) {
        if (dtype.isMissingNode() || dtype.isNull()) return;
        var name = dtype.isString() ? dtype.stringValue() : dtype.path("config").path("name").asString("?");
        boolean plain = dtype.isString() || dtype.path("class_name").asString("").equals("DTypePolicy")
                || dtype.path("class_name").asString("").equals("Policy");
        switch (plain ? name : "?") {
            case "float32" -> {
            }
            case "float16", "float64", "bfloat16", "mixed_float16", "mixed_bfloat16" ->
                origin.note(place + ": is of " + name + " and computed in float32 here");
            default -> throw Problem.MODEL_UNKNOWN_LAYER.because(
                    origin.file() + ": " + place + ": dtype is " + Argument.shown(dtype) + ", expected float32");
        }
    }
}
