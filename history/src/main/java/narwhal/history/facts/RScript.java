package narwhal.history.facts;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keras for R in Python's words: `layer_dense(units = 4) %>% compile(optimizer = optimizer_adam())` is `model.add(Dense(units = 4))` and
/// `model.compile(optimizer = optimizers.adam())`.
final class RScript {
    private static final Pattern KERAS = Pattern.compile("\\b(?:layer|optimizer)_[a-z0-9_]{2,40}\\(|%>%");
    private static final Pattern PIPE = Pattern.compile("%>%|\\|>|(?<=\\)),\\s*(?=layer_)");
    private static final Pattern LAYER = Pattern.compile("\\s*layer_([a-z0-9_]{2,40})(\\(.*\\))\\s*");
    private static final Pattern OPTIMIZER = Pattern.compile("\\boptimizer_([a-z]{2,20})\\(");
    private static final Pattern VECTOR = Pattern.compile("\\bc\\(");
    private static final Pattern METHOD = Pattern.compile("\\s*((?:compile|fit|fit_generator|evaluate)\\(.*)");

    private RScript() {
    }

    /// The statements of a line; the line itself where it is no R.
    static List<String> statements(String line) {
        if (!KERAS.matcher(line).find()) return List.of(line);
        return Stream.of(PIPE.split(line)).map(RScript::python).filter(part -> !part.isBlank()).toList();
    }

    private static String python(String part) {
        var text = part.replace("<-", "=").replace("TRUE", "True").replace("FALSE", "False");
        text = VECTOR.matcher(OPTIMIZER.matcher(text).replaceAll("optimizers.$1(")).replaceAll("(").strip();
        var layer = LAYER.matcher(text);
        if (layer.matches()) {
            var kind = LayerNames.kind(layer.group(1).replace("_", ""));
            return kind.map(name -> "model.add(" + name + layer.group(2) + ")").orElse(text);
        }
        var method = METHOD.matcher(text);
        return method.matches() ? "model." + method.group(1) : text;
    }
}
