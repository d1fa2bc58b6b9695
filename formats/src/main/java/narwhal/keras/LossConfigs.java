package narwhal.keras;

import java.util.Locale;
import java.util.Optional;
import narwhal.json.Json;
import narwhal.losses.BinaryCrossentropy;
import narwhal.losses.CategoricalCrossentropy;
import narwhal.losses.Loss;
import narwhal.losses.Losses;
import tools.jackson.databind.JsonNode;

/// Losses. Source: `keras/src/losses/losses.py` of Keras 3.
final class LossConfigs {
    private LossConfigs() {
    }

    /// The loss of an object or a name; empty for one that Narwhal does not know, of which a note is made.
    static Optional<Loss> read(Argument came) {
        var value = came.value();
        if (value.isArray() && value.size() == 1) return read(came.part("[0]", value.get(0)));
        if (value.isNull() || value.isMissingNode()) return Optional.empty();
        if (value.isString() || value.isObject()) {
            var fields = Fields.of(came);
            boolean logits = fields.flag("from_logits", false);
            double smoothing = fields.number("label_smoothing", 0);
            switch (Objects.className(came).toLowerCase(Locale.ROOT).replace("_", "")) {
                case "binarycrossentropy" -> {
                    return Optional.of(Losses.binaryCrossentropy().fromLogits(logits).labelSmoothing(smoothing));
                }
                case "categoricalcrossentropy" -> {
                    return Optional.of(Losses.categoricalCrossentropy().fromLogits(logits).labelSmoothing(smoothing));
                }
                case "sparsecategoricalcrossentropy" -> {
                    return Optional.of(Losses.sparseCategoricalCrossentropy().fromLogits(logits));
                }
                case "meansquarederror", "mse" -> {
                    return Optional.of(Losses.meanSquaredError());
                }
                case "meanabsoluteerror", "mae" -> {
                    return Optional.of(Losses.meanAbsoluteError());
                }
                default -> {
                }
            }
        }
        came.note("is a loss that is not known here; the model was read without its training");
        return Optional.empty();
    }

    /// The name or object of a loss. One of the user's own keeps its name, which Keras may not know.
    static JsonNode write(Loss loss, Dialect dialect) {
        return switch (loss) {
            case BinaryCrossentropy binary when binary.fromLogits() || binary.labelSmoothing() > 0 ->
                object("BinaryCrossentropy", "binary_crossentropy", binary.fromLogits(), binary.labelSmoothing(),
                        dialect);
            // Keras smooths only labels that are one number for each class.
            case CategoricalCrossentropy categorical when categorical.labelSmoothing() > 0 ->
                object("CategoricalCrossentropy", "categorical_crossentropy", categorical.fromLogits(),
                        categorical.labelSmoothing(), dialect);
            case CategoricalCrossentropy categorical when categorical.fromLogits() -> {
                var config = Json.object().put("name", categorical.name()).put("from_logits", true);
                yield Objects.write("keras.losses", categorical.name().startsWith("sparse")
                        ? "SparseCategoricalCrossentropy"
                        : "CategoricalCrossentropy", config, dialect);
            }
            default -> Forms.text(loss.name());
        };
    }

    private static JsonNode object(String className, String name, boolean fromLogits, double smoothing,
            Dialect dialect) {
        var config = Json.object().put("name", name).put("from_logits", fromLogits).put("label_smoothing", smoothing);
        return Objects.write("keras.losses", className, config, dialect);
    }
}
