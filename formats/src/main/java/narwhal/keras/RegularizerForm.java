package narwhal.keras;

import java.util.Optional;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A penalty on a weight, or `null`. Source: `keras/src/regularizers/regularizers.py` of Keras 3.
final class RegularizerForm implements Form {
    private static final double DEFAULT = 0.01;

    @Override
    public Optional<JsonNode> read(Argument came) {
        if (came.value().isNull()) return Optional.empty();
        var name = Objects.className(came);
        return Optional.of(switch (name) {
            case "L1", "l1" -> penalty(Objects.number(came, "l1", DEFAULT), 0);
            case "L2", "l2" -> penalty(0, Objects.number(came, "l2", DEFAULT));
            case "L1L2" -> penalty(Objects.number(came, "l1", 0), Objects.number(came, "l2", 0));
            case "l1_l2" -> penalty(DEFAULT, DEFAULT);
            default -> throw came.unsupported("L1, L2 or L1L2");
        });
    }

    @Override
    public JsonNode write(JsonNode ours, Dialect dialect) {
        if (ours.isMissingNode() || ours.isNull()) return Forms.NULL;
        return Objects.write("keras.regularizers", "L1L2", (ObjectNode) ours.path("config"), dialect);
    }

    private static ObjectNode penalty(double l1, double l2) {
        var node = Json.object().put("class_name", "L1L2");
        node.putObject("config").put("l1", l1).put("l2", l2);
        return node;
    }
}
