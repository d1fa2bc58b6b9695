package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads JSON and what Python prints for the same: single quotes, `nan`, `None`, tuples, numbers wrapped in `array(…)`,
/// `np.float32(…)` or `tensor(…)`, commas at the end. A value that is cut off at the end of the text is kept as far as it goes.
/// Nothing is evaluated.
final class Literals {
    private static final int DEEPEST = 40;

    private final String text;
    private int i;
    private boolean cut;

    private Literals(String text, int from) {
        this.text = text;
        this.i = from;
    }

    /// A value.
    sealed interface Value permits Num, Str, Items, Entries, Nothing {}

    /// A number as written.
    record Num(String text) implements Value {}

    record Str(String text) implements Value {}

    record Items(List<Value> values) implements Value {}

    record Entries(LinkedHashMap<String, Value> values) implements Value {}

    /// `null`, `None`, or something that is no literal.
    record Nothing() implements Value {}

    /// What was read, and the index behind it.
    ///
    /// @param cut whether the text ended inside
    record Read(Value value, int end, boolean cut) {}

    /// The value that begins at an index; [Nothing] where none does.
    static Read at(String text, int from) {
        var literals = new Literals(text, from);
        var value = literals.value(0);
        return new Read(value, literals.i, literals.cut);
    }

    private Value value(int depth) {
        skipBlanks();
        if (i >= text.length()) {
            cut = true;
            return new Nothing();
        }
        char c = text.charAt(i);
        if (depth > DEEPEST) {
            i = text.length();
            return new Nothing();
        }
        if (c == '{') return entries(depth);
        if (c == '[' || c == '(') return items(depth, c == '[' ? ']' : ')');
        if (c == '"' || c == '\'') return new Str(string());
        int end = Readings.end(text, i);
        if (end > 0) {
            var number = new Num(text.substring(i, end));
            i = end;
            if (end == text.length()) cut = true;
            return number;
        }
        return word(depth);
    }

    private Value word(int depth) {
        int start = i;
        while (i < text.length()
                && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_' || text.charAt(i) == '.'))
            i++;
        if (i == start) {
            i++;
            return new Nothing();
        }
        if (i < text.length() && text.charAt(i) == '(') {
            var inside = items(depth + 1, ')');
            if (inside instanceof Items items && !items.values().isEmpty()) {
                for (var item : items.values()) {
                    if (item instanceof Items || item instanceof Entries || item instanceof Num) return item;
                }
            }
            return new Nothing();
        }
        if (i < text.length() && text.charAt(i) == '=') {
            // A keyword argument such as `dtype=float32`.
            i++;
            value(depth + 1);
        }
        return new Nothing();
    }

    private Value items(int depth, char close) {
        var values = new ArrayList<Value>();
        i++;
        while (true) {
            skipBlanks();
            if (i >= text.length()) {
                cut = true;
                return new Items(values);
            }
            char c = text.charAt(i);
            if (c == close) {
                i++;
                return new Items(values);
            }
            if (c == ',' || c == ';') {
                i++;
                continue;
            }
            if (c == '}' || c == ']' || c == ')') return new Items(values);
            values.add(value(depth + 1));
        }
    }

    private Value entries(int depth) {
        var values = new LinkedHashMap<String, Value>();
        i++;
        while (true) {
            skipBlanks();
            if (i >= text.length()) {
                cut = true;
                return new Entries(values);
            }
            char c = text.charAt(i);
            if (c == '}') {
                i++;
                return new Entries(values);
            }
            if (c == ',') {
                i++;
                continue;
            }
            if (c == ']' || c == ')') return new Entries(values);
            var key = value(depth + 1);
            skipBlanks();
            if (i < text.length() && text.charAt(i) == ':') {
                i++;
                var value = value(depth + 1);
                if (key instanceof Str name) values.putIfAbsent(name.text(), value);
                else if (key instanceof Num number) values.putIfAbsent(number.text(), value);
            }
        }
    }

    private String string() {
        char quote = text.charAt(i);
        var string = new StringBuilder();
        i++;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == quote) return string.toString();
            if (c == '\\' && i < text.length()) c = text.charAt(i++);
            if (string.length() < 1_000) string.append(c);
        }
        cut = true;
        return string.toString();
    }

    private void skipBlanks() {
        while (i < text.length() && (text.charAt(i) <= ' ' || text.charAt(i) == '\u00a0' || text.charAt(i) == '\ufeff'))
            i++;
    }
}
