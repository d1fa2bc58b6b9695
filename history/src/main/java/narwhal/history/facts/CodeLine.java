package narwhal.history.facts;

/// Tells statements of a script from sentences.
final class CodeLine {
    private CodeLine() {
    }

    /// Whether a line reads like a statement of a script rather than a sentence.
    static boolean isCode(String line) {
        var text = line.strip();
        // Statements behind each other have been taken apart: what a semicolon still joins is a sentence.
        if (text.isEmpty() || text.startsWith("#") || hasOutside(text.substring(0, text.length() - 1), ';'))
            return false;
        for (var word : new String[]{"import ", "from ", "def ", "class ", "for ", "if ", "else:", "elif ", "with ",
            "return ", "print(", "print (",
            "while ", "try:", "except", "@", "self.", "%matplotlib"}) {
            if (text.startsWith(word)) return true;
        }
        int i = 0;
        while (i < text.length()
                && (Character.isLetterOrDigit(text.charAt(i)) || "_.,[]'\" ".indexOf(text.charAt(i)) >= 0) && i < 80) {
            if (text.charAt(i) == ' ' && !nextIsSign(text, i)) return false;
            i++;
        }
        if (i == 0 || i >= text.length()) return false;
        char c = text.charAt(i);
        if (c == '=' && i + 1 < text.length() && text.charAt(i + 1) != '=' || c == '/' && text.startsWith("/=", i)
                || c == '*' && text.startsWith("*=", i)) {
            // `32, val_batchsize = 32` is a sentence of facts, not one statement.
            var value = text.substring(text.indexOf('=') + 1);
            return Python.expression(tuple(text.substring(0, i), value)).whole() && !hasOutside(value, '=');
        }
        return c == '(' && text.endsWith(")") && text.indexOf(' ') != i - 1 && Python.expression(text).whole()
                && text.charAt(0) != '(';
    }

    /// `x_train, y_train` is a pair if two names take it.
    static String tuple(String names, String value) {
        return names.indexOf(',') > 0 && hasOutside(value, ',') ? "(" + value + ")" : value;
    }

    /// Whether a sign stands outside of all brackets.
    private static boolean hasOutside(String text, char sign) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '{') depth++;
            if (c == ')' || c == ']' || c == '}') depth--;
            if (c == sign && depth == 0) return true;
        }
        return false;
    }

    private static boolean nextIsSign(String text, int i) {
        int k = i;
        while (k < text.length() && text.charAt(k) == ' ') k++;
        return k < text.length() && "=(,[/*+-".indexOf(text.charAt(k)) >= 0 || i > 0 && text.charAt(i - 1) == ',';
    }

    /// The place of the `=` of an assignment, 0 if there is none.
    static int assignment(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '{') depth++;
            else if (c == ')' || c == ']' || c == '}') depth--;
            else if (c == '\'' || c == '"') return 0;
            else if (c == '=' && depth == 0) return i + 1 < text.length() && text.charAt(i + 1) == '=' ? 0 : i;
        }
        return 0;
    }
}
