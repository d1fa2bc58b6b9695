package narwhal.keras;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Python's operators in a functional model of Keras 3. They stand among the layers but are none: `x + y` does what the layer
/// `Add` does, and `x + 3` what a `Rescaling` does. MobileNetV3 of `keras.applications` has both.
final class Operators {
    private static final Set<String> OF_TWO = Set.of("Add", "Subtract", "Multiply", "Maximum", "Minimum");

    private Operators() {
    }

    /// What an operator with a number makes of `x`.
    private record Line(double scale, double offset) {}

    private static boolean isOperator(JsonNode layer) {
        var module = layer.path("module").asString("");
        return module.equals("keras.src.ops.numpy") || module.equals("keras.ops");
    }

    /// Whether an operator between two results has a layer of the same name.
    static boolean isLayer(JsonNode layer) {
        return isOperator(layer) && OF_TWO.contains(layer.path("class_name").asString(""));
    }

    /// An operator with one number as the layer that does the same; anything else as it came.
    static JsonNode asLayer(JsonNode layer) {
        var nodes = layer.path("inbound_nodes");
        var given = nodes.path(0).path("args");
        if (!isOperator(layer) || nodes.size() != 1 || !given.isArray() || given.size() != 2) return layer;
        boolean first = given.get(0).isNumber();
        if (first == given.get(1).isNumber()) return layer;
        return line(layer.path("class_name").asString(""), given.get(first ? 0 : 1).doubleValue(), first)
                .map(line -> rescaling(layer, line, given.get(first ? 1 : 0))).orElse(layer);
    }

    private static Optional<Line> line(String operator, double number, boolean first) {
        return switch (operator) {
            case "Add" -> Optional.of(new Line(1, number));
            case "Subtract" -> Optional.of(first ? new Line(-1, number) : new Line(1, -number));
            case "Multiply" -> Optional.of(new Line(number, 0));
            case "TrueDivide", "Divide" -> first ? Optional.empty() : Optional.of(new Line(1 / number, 0));
            default -> Optional.empty();
        };
    }

    private static JsonNode rescaling(JsonNode operator, Line line, JsonNode input) {
        var layer = (ObjectNode) operator.deepCopy();
        layer.put("module", "keras.layers").put("class_name", "Rescaling");
        layer.putObject("config").put("name", operator.path("config").path("name").asString("operator"))
                .put("scale", line.scale).put("offset", line.offset);
        ((ObjectNode) layer.path("inbound_nodes").path(0)).putArray("args").add(input);
        return layer;
    }
}
