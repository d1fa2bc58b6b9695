package narwhal.history.readers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Remembers what a pure function says about a name: a log asks about the same few names in every line. Bounded, so that a text of
/// nothing but names costs no memory.
final class Memo<V> {
    private static final int MOST = 4_096;
    private static final int LONGEST = 80;

    private final Map<String, V> known = new ConcurrentHashMap<>();
    private final Function<String, V> function;

    Memo(Function<String, V> function) {
        this.function = function;
    }

    V of(String name) {
        if (name.length() > LONGEST) return function.apply(name);
        var value = known.get(name);
        if (value != null) return value;
        value = function.apply(name);
        if (known.size() >= MOST) known.clear();
        known.put(name, value);
        return value;
    }
}
