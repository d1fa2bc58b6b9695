package narwhal.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import narwhal.engine.Padding;
import narwhal.engine.Window;
import narwhal.initializers.Constant;
import narwhal.initializers.Initializer;
import narwhal.initializers.Initializers;
import narwhal.initializers.RandomNormal;
import narwhal.initializers.RandomUniform;
import narwhal.initializers.TruncatedNormal;
import narwhal.initializers.VarianceScaling;
import narwhal.layers.Activation.Function;
import narwhal.layers.Weight;
import narwhal.regularizers.L1L2;
import narwhal.regularizers.Regularizer;
import tools.jackson.databind.JsonNode;

/// The arguments of a layer in a file. What is missing is an [IllegalArgumentException], unless there is a value to fall back
/// on.
final class Config {
    private final JsonNode node;

    Config(JsonNode node) {
        this.node = node;
    }

    int integer(String name) {
        return integer(name, node.path(name));
    }

    int integer(String name, int fallback) {
        return node.has(name) ? integer(name) : fallback;
    }

    private static int integer(String name, JsonNode number) {
        if (number.isIntegralNumber() && number.canConvertToInt()) return number.intValue();
        throw new IllegalArgumentException(name + " is " + shown(number) + ", expected a whole number");
    }

    List<Integer> integers(String name) {
        var numbers = new ArrayList<Integer>();
        for (var number : node.path(name)) numbers.add(integer(name, number));
        return numbers;
    }

    double number(String name) {
        return number(name, node.path(name));
    }

    double number(String name, double fallback) {
        return node.has(name) ? number(name) : fallback;
    }

    private static double number(String name, JsonNode number) {
        if (number.isNumber()) return number.doubleValue();
        throw new IllegalArgumentException(name + " is " + shown(number) + ", expected a number");
    }

    List<Double> numbers(String name) {
        var numbers = new ArrayList<Double>();
        for (var number : node.path(name)) numbers.add(number(name, number));
        return numbers;
    }

    /// Whether there is a value other than `null`.
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    boolean flag(String name, boolean fallback) {
        return node.path(name).asBoolean(fallback);
    }

    <E extends Enum<E>> E constant(String name, E fallback) {
        if (!has(name)) return fallback;
        var text = node.path(name).asString("");
        return Arrays.stream(fallback.getDeclaringClass().getEnumConstants()).filter(c -> name(c).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is '" + text + "', expected one of "
                        + Arrays.stream(fallback.getDeclaringClass().getEnumConstants()).map(Config::name).toList()));
    }

    /// As Keras writes it: lower case.
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    Function activation() {
        return constant("activation", Function.LINEAR);
    }

    Window window(String size) {
        var window = Window.of(pair(size, 0), pair(size, 1)).strides(pair("strides", 0), pair("strides", 1))
                .padding(constant("padding", Padding.VALID));
        return has("dilation_rate") ? window.dilation(pair("dilation_rate", 0), pair("dilation_rate", 1)) : window;
    }

    int pair(String name, int index) {
        return integer(name, node.path(name).path(index));
    }

    int inner(String name, int outer, int index) {
        return integer(name, node.path(name).path(outer).path(index));
    }

    /// @param name of the weight, such as `kernel`
    Weight weight(String name, Initializer fallback) {
        return new Weight(initializer(name + "_initializer", fallback), regularizer(name + "_regularizer"));
    }

    Initializer initializer(String name, Initializer fallback) {
        if (!has(name)) return fallback;
        String kind = node.path(name).path("class_name").asString("");
        var config = new Config(node.path(name).path("config"));
        return switch (kind) {
            case "Zeros" -> Initializers.zeros();
            case "Ones" -> Initializers.ones();
            case "Constant" -> new Constant(config.number("value"));
            case "RandomUniform" -> new RandomUniform(config.number("minval"), config.number("maxval"));
            case "RandomNormal" -> new RandomNormal(config.number("mean"), config.number("stddev"));
            case "TruncatedNormal" -> new TruncatedNormal(config.number("mean"), config.number("stddev"));
            case "VarianceScaling" -> new VarianceScaling(config.number("scale"),
                    config.constant("mode", VarianceScaling.Mode.FAN_IN),
                    config.constant("distribution", VarianceScaling.Distribution.TRUNCATED_NORMAL));
            default -> throw new IllegalArgumentException(name + " is the unknown '" + kind + "'");
        };
    }

    private Optional<Regularizer> regularizer(String name) {
        if (!has(name)) return Optional.empty();
        var config = new Config(node.path(name).path("config"));
        String kind = node.path(name).path("class_name").asString("");
        if (!kind.equals("L1L2")) throw new IllegalArgumentException(name + " is the unknown '" + kind + "'");
        return Optional.of(new L1L2(config.number("l1"), config.number("l2")));
    }

    private static String shown(JsonNode value) {
        var text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
