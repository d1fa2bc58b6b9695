package narwhal.keras;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One use of a layer in a functional model: whose results it is given. Keras 2 writes lists, Keras 3 objects.
///
/// @param inputs in order
record Call(List<Source> inputs) {
    /// The result of a layer's use.
    ///
    /// @param layer its name
    /// @param use number of the use, from 0
    record Source(String layer, int use) {}

    Call {
        inputs = List.copyOf(inputs);
    }

    /// Parses one entry of `inbound_nodes`.
    static Call read(Argument node) {
        var inputs = new ArrayList<Source>();
        var value = node.value();
        if (value.isArray()) {
            for (var input : value) inputs.add(old(node.part("input", input)));
        } else if (value.isObject()) {
            collect(node.part("arguments", value.path("args")), inputs, 0);
            for (var argument : value.path("kwargs").properties())
                named(node.part(argument.getKey(), argument.getValue()));
        } else {
            throw node.damaged("a list or an object");
        }
        if (inputs.isEmpty()) throw node.damaged("at least one input");
        return new Call(inputs);
    }

    /// `[name, use, result, {…}]`.
    static Source old(Argument input) {
        var value = input.value();
        if (!value.isArray() || value.size() < 3) throw input.damaged("[name, node, tensor]");
        if (value.size() > 3) {
            for (var argument : value.get(3).properties()) named(input.part(argument.getKey(), argument.getValue()));
        }
        return source(input, value.get(0), value.get(1), value.get(2));
    }

    private static void collect(Argument argument, List<Source> inputs, int depth) {
        var value = argument.value();
        if (value.isArray() && depth < 2) {
            for (var element : value) collect(argument.part("element", element), inputs, depth + 1);
        } else if (value.path("class_name").asString("").equals("__keras_tensor__")) {
            var history = value.path("config").path("keras_history");
            inputs.add(source(argument.part("history", history), history.path(0), history.path(1), history.path(2)));
        } else {
            throw argument.unsupported("results of layers only");
        }
    }

    private static Source source(Argument place, JsonNode layer, JsonNode use, JsonNode result) {
        if (!layer.isString() || !use.isIntegralNumber() || !use.canConvertToInt() || use.intValue() < 0)
            throw place.damaged("[name, node, tensor]");
        if (!result.isIntegralNumber() || result.asLong() != 0) throw place.unsupported("layers with one result");
        return new Source(layer.stringValue(), use.intValue());
    }

    /// `training` and `mask` may be said in a call; our layers know by themselves.
    private static void named(Argument argument) {
        if (!argument.value().isNull() && !argument.name().endsWith(" training"))
            throw argument.unsupported("calls without arguments of their own");
    }
}
