package narwhal.models;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.layers.Frozen;
import narwhal.layers.Graph;
import narwhal.layers.Graph.Step;
import narwhal.layers.Layer;
import narwhal.layers.Named;
import narwhal.layers.Sequential;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A network as JSON, with Keras' class and argument names: a list of `{"class_name": …, "config": {…}}`, with `"name"` and
/// `"trainable": false` where a layer has a name of its own or is frozen. A graph is one such entry of class `Functional`
/// whose layers also tell where their `inputs` come from. Only the layers named in [LayerConfig] are read; a name in a file
/// never becomes a Java class.
public final class Architecture {
    /// Containers inside containers, of a file; a network that a person wrote has a handful.
    private static final int DEEPEST = 32;

    private Architecture() {
    }

    /// The layers of a network in order. A [Sequential] in a line of layers is written as its layers.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_UNKNOWN_LAYER` for a layer of the user's own
    public static ArrayNode write(Layer network) {
        var array = Json.object().putArray("layers");
        for (var layer : flat(network)) array.add(entry(layer));
        return array;
    }

    private static List<Layer> flat(Layer layer) {
        if (!(layer instanceof Sequential container)) return List.of(layer);
        return container.layers().stream().flatMap(inner -> flat(inner).stream()).toList();
    }

    private static ObjectNode entry(Layer layer) {
        return switch (layer) {
            case Named named -> entry(named.layer()).put("name", named.name());
            case Frozen frozen -> entry(frozen.layer()).put("trainable", false);
            default -> {
                var entry = Json.object().put("class_name", kind(layer));
                entry.set("config", config(layer));
                yield entry;
            }
        };
    }

    private static String kind(Layer layer) {
        return layer instanceof Graph ? "Functional" : layer.kind();
    }

    private static ObjectNode config(Layer layer) {
        return switch (layer) {
            case Sequential sequential -> {
                var config = Json.object();
                config.set("layers", write(sequential));
                yield config;
            }
            case Graph graph -> {
                var config = Json.object();
                var layers = config.putArray("layers");
                for (var step : graph.steps()) layers.add(step(step));
                yield config;
            }
            default -> LayerConfig.write(layer);
        };
    }

    private static ObjectNode step(Step step) {
        var entry = entry(step.layer());
        var inputs = entry.putArray("inputs");
        step.inputs().forEach(inputs::add);
        step.parametersOf().ifPresent(number -> entry.put("parameters_of", number));
        return entry;
    }

    /// The network that [#write] described.
    ///
    /// @return a [Sequential], or a [Graph] where the list is one graph and nothing else
    /// @throws narwhal.errors.NarwhalException `MODEL_UNKNOWN_LAYER`, or `MODEL_DAMAGED` for arguments that cannot be
    public static Layer read(JsonNode layers) {
        var network = layers(layers, 0);
        return network.size() == 1 && network.getFirst() instanceof Graph graph ? graph : new Sequential(network);
    }

    private static List<Layer> layers(JsonNode layers, int depth) {
        var network = new ArrayList<Layer>();
        for (var entry : layers) network.add(layer(entry, depth));
        return network;
    }

    private static Layer layer(JsonNode entry, int depth) {
        String kind = entry.path("class_name").asString("");
        try {
            if (depth > DEEPEST) throw new IllegalArgumentException("lies deeper than " + DEEPEST + " containers");
            var config = entry.path("config");
            Layer layer = switch (kind) {
                case "Sequential" -> new Sequential(layers(config.path("layers"), depth + 1));
                case "Functional" -> graph(config.path("layers"), depth + 1);
                default -> LayerConfig.read(kind, new Config(config));
            };
            if (!entry.path("trainable").asBoolean(true)) layer = layer.frozen();
            return entry.has("name") ? layer.named(entry.path("name").asString("")) : layer;
        } catch (NarwhalException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Problem.MODEL_DAMAGED.because("layer '" + kind + "': " + e.getMessage(), e);
        }
    }

    private static Graph graph(JsonNode layers, int depth) {
        var steps = new ArrayList<Step>();
        for (var entry : layers) {
            var numbers = new Config(entry);
            steps.add(new Step(layer(entry, depth), numbers.integers("inputs"),
                    entry.has("parameters_of")
                            ? OptionalInt.of(numbers.integer("parameters_of"))
                            : OptionalInt.empty()));
        }
        return new Graph(steps);
    }
}
