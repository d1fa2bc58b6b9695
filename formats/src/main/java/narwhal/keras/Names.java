package narwhal.keras;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Names that Keras makes by itself. Source: `keras/src/utils/naming.py` of Keras 3.
final class Names {
    private final Map<String, Integer> counts = new HashMap<>();

    /// The name of the next object of a class: `conv2d`, `conv2d_1`, …
    String next(String className) {
        var name = snakeCase(className);
        int before = counts.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "_" + before;
    }

    /// Such as `max_pooling2d` for `MaxPooling2D`.
    static String snakeCase(String className) {
        return className.replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
