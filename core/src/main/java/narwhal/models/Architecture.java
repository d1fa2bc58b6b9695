package narwhal.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import narwhal.engine.Padding;
import narwhal.engine.Window;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.layers.Activation;
import narwhal.layers.AveragePooling2D;
import narwhal.layers.BatchNormalization;
import narwhal.layers.Conv2D;
import narwhal.layers.Dense;
import narwhal.layers.Dropout;
import narwhal.layers.Flatten;
import narwhal.layers.GlobalAveragePooling2D;
import narwhal.layers.Layer;
import narwhal.layers.MaxPooling2D;
import narwhal.layers.Sequential;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A network as JSON, with Keras' class and argument names: a list of `{"class_name": …, "config": {…}}`. Only the layers
/// named here are read; a name in a file never becomes a Java class.
public final class Architecture {
    private Architecture() {
    }

    /// The layers of a network in order, without their containers.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_UNKNOWN_LAYER` for a layer of the user's own
    public static ArrayNode write(Layer network) {
        var array = Json.object().putArray("layers");
        for (var layer : flat(network)) {
            var config = array.addObject().put("class_name", layer.kind()).putObject("config");
            describe(layer, config);
        }
        return array;
    }

    /// The network that [#write] described.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_UNKNOWN_LAYER`, or `MODEL_DAMAGED` for arguments that cannot be
    public static Sequential read(JsonNode layers) {
        var network = new ArrayList<Layer>();
        for (var layer : layers) network.add(layer(layer.path("class_name").asString(), layer.path("config")));
        return new Sequential(network);
    }

    private static List<Layer> flat(Layer layer) {
        if (!(layer instanceof Sequential container)) return List.of(layer);
        return container.layers().stream().flatMap(inner -> flat(inner).stream()).toList();
    }

    private static void describe(Layer layer, ObjectNode config) {
        switch (layer) {
            case Conv2D conv -> {
                config.put("filters", conv.filters()).put("use_bias", conv.useBias());
                window(conv.window(), config, "kernel_size");
                config.putArray("dilation_rate").add(conv.window().dilationY()).add(conv.window().dilationX());
            }
            case MaxPooling2D pooling -> window(pooling.window(), config, "pool_size");
            case AveragePooling2D pooling -> window(pooling.window(), config, "pool_size");
            case Dense dense -> config.put("units", dense.units()).put("use_bias", dense.useBias());
            case Activation activation ->
                config.put("activation", activation.function().name().toLowerCase(Locale.ROOT));
            case Dropout dropout -> config.put("rate", dropout.rate());
            case BatchNormalization normalization ->
                config.put("momentum", normalization.momentum()).put("epsilon", normalization.epsilon());
            case Flatten flatten -> {
            }
            case GlobalAveragePooling2D pooling -> {
            }
            default -> throw Problem.MODEL_UNKNOWN_LAYER.because(
                    layer.kind() + " is a layer of your own, expected one of Narwhal's",
                    "save its weights and build the network in your program");
        }
    }

    private static void window(Window window, ObjectNode config, String size) {
        config.putArray(size).add(window.height()).add(window.width());
        config.putArray("strides").add(window.strideY()).add(window.strideX());
        config.put("padding", window.padding().name().toLowerCase(Locale.ROOT));
    }

    private static Layer layer(String kind, JsonNode config) {
        try {
            return switch (kind) {
                case "Conv2D" -> new Conv2D(integer(config, "filters"), window(config, "kernel_size"),
                        config.path("use_bias").asBoolean(true));
                case "MaxPooling2D" -> new MaxPooling2D(window(config, "pool_size"));
                case "AveragePooling2D" -> new AveragePooling2D(window(config, "pool_size"));
                case "Dense" -> new Dense(integer(config, "units"), config.path("use_bias").asBoolean(true));
                case "Activation" -> new Activation(
                        Activation.Function.valueOf(config.path("activation").asString().toUpperCase(Locale.ROOT)));
                case "Dropout" -> new Dropout(config.path("rate").asDouble());
                case "BatchNormalization" ->
                    new BatchNormalization(config.path("momentum").asDouble(), config.path("epsilon").asDouble());
                case "Flatten" -> new Flatten();
                case "GlobalAveragePooling2D" -> new GlobalAveragePooling2D();
                default -> throw Problem.MODEL_UNKNOWN_LAYER.because("layer '" + kind + "'");
            };
        } catch (IllegalArgumentException e) {
            throw Problem.MODEL_DAMAGED.because("layer '" + kind + "': " + e.getMessage(), e);
        }
    }

    private static Window window(JsonNode config, String size) {
        var window = Window.of(pair(config, size, 0), pair(config, size, 1))
                .strides(pair(config, "strides", 0), pair(config, "strides", 1))
                .padding(Padding.valueOf(config.path("padding").asString().toUpperCase(Locale.ROOT)));
        return config.has("dilation_rate")
                ? window.dilation(pair(config, "dilation_rate", 0), pair(config, "dilation_rate", 1))
                : window;
    }

    private static int pair(JsonNode config, String name, int index) {
        return integer(config.path(name), name, config.path(name).path(index));
    }

    private static int integer(JsonNode config, String name) {
        return integer(config, name, config.path(name));
    }

    private static int integer(JsonNode around, String name, JsonNode number) {
        if (number.isIntegralNumber() && number.canConvertToInt()) return number.intValue();
        throw new IllegalArgumentException(name + " is " + around + ", expected a whole number");
    }
}
