package narwhal.history.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a Python expression as far as facts need: literals, names, calls with their arguments, lists, arithmetic on literals. Nothing
/// is executed; what is not understood becomes [Other].
final class Python {
    private static final int DEEPEST = 60;

    private final String text;
    private int i;

    private Python(String text) {
        this.text = text;
    }

    /// A part of an expression.
    sealed interface Node permits Num, Text, Name, Call, Seq, Op, Other {}

    record Num(double value, String text) implements Node {}

    record Text(String value) implements Node {}

    record Name(String value) implements Node {}

    /// A call.
    ///
    /// @param callee dotted name
    /// @param arguments without names
    /// @param keywords with names
    /// @param source as written
    record Call(String callee, List<Node> arguments, LinkedHashMap<String, Node> keywords,
            String source) implements Node {
        String function() {
            return callee.substring(callee.lastIndexOf('.') + 1);
        }

        Optional<Node> argument(int place, String... names) {
            for (var name : names) {
                var node = keywords.get(name);
                if (node != null) return Optional.of(node);
            }
            return place >= 0 && place < arguments.size() ? Optional.of(arguments.get(place)) : Optional.empty();
        }
    }

    record Seq(List<Node> values) implements Node {}

    record Op(String operator, Node left, Node right) implements Node {}

    record Other() implements Node {}

    /// The expression of a text, and whether it is understood to its end.
    record Read(Node node, boolean whole) {}

    static Read expression(String text) {
        var python = new Python(text);
        var node = python.sequence();
        python.blanks();
        return new Read(node, python.i >= text.length() || text.charAt(python.i) == ';');
    }

    /// `a, b` without brackets is a sequence.
    private Node sequence() {
        var first = binary(0);
        blanks();
        if (i >= text.length() || text.charAt(i) != ',') return first;
        var values = new ArrayList<Node>();
        values.add(first);
        while (i < text.length() && text.charAt(i) == ',') {
            i++;
            blanks();
            if (i >= text.length()) break;
            values.add(binary(0));
            blanks();
        }
        return new Seq(values);
    }

    private Node binary(int depth) {
        var left = unary(depth);
        while (true) {
            blanks();
            var operator = operator();
            if (operator.isEmpty()) return left;
            i += operator.length();
            var right = unary(depth + 1);
            left = combine(operator, left, right);
        }
    }

    private String operator() {
        if (i >= text.length()) return "";
        for (var sign : new String[]{"**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "<", ">", "@"}) {
            if (text.startsWith(sign, i)) return sign;
        }
        for (var word : new String[]{"if ", "else ", "and ", "or ", "in ", "for ", "not ", "is "}) {
            if (text.startsWith(word, i)) return word;
        }
        return "";
    }

    private static Node combine(String operator, Node left, Node right) {
        if (!(left instanceof Num a) || !(right instanceof Num b)) return new Op(operator.trim(), left, right);
        double value = switch (operator) {
            case "+" -> a.value() + b.value();
            case "-" -> a.value() - b.value();
            case "*" -> a.value() * b.value();
            case "/" -> a.value() / b.value();
            case "//" -> Math.floor(a.value() / b.value());
            case "**" -> Math.pow(a.value(), b.value());
            default -> Double.NaN;
        };
        return operator.equals("//") || Double.isNaN(value)
                ? new Op(operator.trim(), left, right)
                : new Num(value, a.text() + operator + b.text());
    }

    private Node unary(int depth) {
        blanks();
        if (i < text.length() && text.charAt(i) == '-' && depth < DEEPEST) {
            i++;
            var inner = unary(depth + 1);
            return inner instanceof Num number ? new Num(-number.value(), "-" + number.text()) : new Other();
        }
        return postfix(primary(depth), depth);
    }

    private Node primary(int depth) {
        if (i >= text.length() || depth > DEEPEST) {
            i = Math.max(i, depth > DEEPEST ? text.length() : i);
            return new Other();
        }
        char c = text.charAt(i);
        if (Tokens.isDigit(c) || c == '.' && i + 1 < text.length() && Tokens.isDigit(text.charAt(i + 1)))
            return number();
        if (c == '\'' || c == '"') return string();
        if (c == '[' || c == '(') return brackets(c == '[' ? ']' : ')', depth);
        if (c == '{') return braces(depth);
        if (Character.isLetter(c) || c == '_') return name();
        if (c == '*' || c == '~') {
            i++;
            if (i < text.length() && text.charAt(i) == '*') i++;
            return unary(depth + 1) instanceof Node node ? node : new Other();
        }
        i++;
        return new Other();
    }

    private Node number() {
        int start = i;
        while (i < text.length() && (Tokens.isDigit(text.charAt(i)) || text.charAt(i) == '.' || text.charAt(i) == '_'))
            i++;
        if (i + 1 < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int e = i + 1;
            if (text.charAt(e) == '-' || text.charAt(e) == '+') e++;
            int digits = e;
            while (e < text.length() && Tokens.isDigit(text.charAt(e))) e++;
            if (e > digits) i = e;
        }
        var source = text.substring(start, i);
        try {
            return new Num(Double.parseDouble(source.replace("_", "")), source);
        } catch (NumberFormatException e) {
            // `1.2.3` is no number.
            return new Other();
        }
    }

    private Node string() {
        char quote = text.charAt(i);
        boolean three = text.startsWith(String.valueOf(quote).repeat(3), i);
        int start = i + (three ? 3 : 1);
        int end = start;
        while (end < text.length()) {
            if (text.charAt(end) == '\\') end++;
            else if (three ? text.startsWith(String.valueOf(quote).repeat(3), end) : text.charAt(end) == quote) break;
            end++;
        }
        end = Math.min(end, text.length());
        i = Math.min(text.length(), end + (three ? 3 : 1));
        return new Text(text.substring(Math.min(start, end), end));
    }

    private Node brackets(char close, int depth) {
        i++;
        var values = new ArrayList<Node>();
        while (true) {
            blanks();
            if (i >= text.length()) break;
            char c = text.charAt(i);
            if (c == close) {
                i++;
                break;
            }
            if (c == ',') {
                i++;
                continue;
            }
            values.add(binary(depth + 1));
        }
        return close == ')' && values.size() == 1 ? values.getFirst() : new Seq(values);
    }

    private Node braces(int depth) {
        i++;
        while (true) {
            blanks();
            if (i >= text.length()) break;
            char c = text.charAt(i);
            if (c == '}') {
                i++;
                break;
            }
            if (c == ',' || c == ':') {
                i++;
                continue;
            }
            binary(depth + 1);
        }
        return new Other();
    }

    private Node name() {
        int start = i;
        while (i < text.length()
                && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_' || text.charAt(i) == '.'))
            i++;
        var name = text.substring(start, i);
        boolean prefixed = i < text.length() && name.length() <= 2 && (text.charAt(i) == '\'' || text.charAt(i) == '"');
        return prefixed ? string() : new Name(name);
    }

    /// Calls, subscripts and attributes behind a primary.
    private Node postfix(Node node, int depth) {
        Node current = node;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '(') {
                int start = i;
                var call = call(current, depth);
                if (call == null) return current;
                if (i == start) return current;
                current = call;
            } else if (c == '[') {
                int start = i;
                brackets(']', depth + 1);
                if (current instanceof Name name)
                    current = part(name, text.substring(start + 1, Math.max(start + 1, i - 1)));
                else if (!(current instanceof Call)) current = new Other();
            } else if (c == '.' && (current instanceof Call || current instanceof Op)) {
                i++;
                while (i < text.length() && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '_')) i++;
            } else {
                return current;
            }
        }
        return current;
    }

    /// `data['x_train']` is as good as `data.x_train`, and `x[:800]` is another array than `x[800:]`; `x[0]` stands for its array.
    private static Name part(Name whole, String subscript) {
        var key = subscript.strip();
        boolean quoted = key.length() > 2 && (key.charAt(0) == '\'' || key.charAt(0) == '"')
                && key.indexOf(key.charAt(0), 1) == key.length() - 1;
        if (quoted) return new Name(whole.value() + "." + key.substring(1, key.length() - 1));
        return key.indexOf(':') < 0 ? whole : new Name(whole.value() + "[" + key.replace('.', ' ') + "]");
    }

    private @Nullable Node call(Node callee, int depth) {
        int start = i;
        i++;
        var arguments = new ArrayList<Node>();
        var keywords = new LinkedHashMap<String, Node>();
        while (true) {
            blanks();
            if (i >= text.length()) break;
            char c = text.charAt(i);
            if (c == ')') {
                i++;
                break;
            }
            if (c == ',') {
                i++;
                continue;
            }
            int before = i;
            var keyword = keyword();
            var value = binary(depth + 1);
            if (keyword.isEmpty()) arguments.add(value);
            else
                keywords.putIfAbsent(keyword, value);
            if (i == before) i++;
        }
        if (callee instanceof Name name)
            return new Call(name.value(), arguments, keywords, name.value() + text.substring(start, i));
        // `Dense(10)(x)`: the layer counts, not what it is applied to.
        return callee;
    }

    private String keyword() {
        int end = i;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) end++;
        int sign = end;
        while (sign < text.length() && text.charAt(sign) == ' ') sign++;
        if (end == i || sign >= text.length() || text.charAt(sign) != '='
                || sign + 1 < text.length() && text.charAt(sign + 1) == '=')
            return "";
        var name = text.substring(i, end);
        i = sign + 1;
        return name;
    }

    private void blanks() {
        while (i < text.length() && (text.charAt(i) <= ' ' || text.charAt(i) == '\\')) i++;
    }
}
