package narwhal.history.readers;

import java.util.Locale;
import java.util.Set;

/// Takes a text out of what it was wrapped in as a whole: a notebook file, an HTML page. Wrappings of single lines (Markdown,
/// log prefixes) are [TextLines]' matter. Linear in the length of the text.
final class Unwrapping {
    private static final Set<String> TEXT_KEYS = Set.of("text", "text/plain", "source", "evalue", "traceback", "data");
    private static final Set<String> LINE_TAGS = Set.of("br", "p", "/p", "div", "/div", "pre", "/pre", "/tr", "tr",
            "/li", "li",
            "/table", "table", "/h1", "/h2", "/h3", "/h4", "hr", "/blockquote", "/code", "body", "/thead", "/tbody");
    private static final Set<String> TAGS = Set.of("span", "b", "i", "u", "em", "strong", "font", "code", "a", "td",
            "th", "tt",
            "samp", "html", "head", "body", "ul", "ol", "blockquote", "details", "summary", "h1", "h2", "h3", "h4",
            "h5", "h6",
            "thead", "tbody", "table", "tr", "li", "div", "p", "pre", "br", "hr", "small", "sup", "sub", "kbd", "style",
            "script",
            "title", "meta", "link", "img", "center", "article", "section", "main", "button", "progress", "label",
            "input");

    private Unwrapping() {
    }

    static String unwrap(String text) {
        if (isNotebook(text)) return notebook(text);
        if (isHtml(text)) return html(text);
        return text;
    }

    private static boolean isNotebook(String text) {
        int start = firstVisible(text);
        if (start == text.length() || text.charAt(start) != '{') return false;
        return text.contains("\"cell_type\"") || text.contains("\"output_type\"") || text.contains("\"nbformat\"");
    }

    private static int firstVisible(String text) {
        int i = 0;
        while (i < text.length() && (Character.isWhitespace(text.charAt(i)) || text.charAt(i) == '\uFEFF')) i++;
        return i;
    }

    /// The strings of cells and outputs, in order. The scan knows just enough of JSON to survive a notebook that is cut off.
    private static String notebook(String json) {
        var out = new StringBuilder(json.length());
        String key = "";
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = stringEnd(json, i);
                int next = end;
                while (next < json.length() && Character.isWhitespace(json.charAt(next))) next++;
                if (next < json.length() && json.charAt(next) == ':') {
                    key = json.substring(i + 1, Math.max(i + 1, Math.min(end - 1, i + 60)));
                    i = next + 1;
                    continue;
                }
                if (TEXT_KEYS.contains(key)) unescape(json, i + 1, end - 1, out);
                i = end;
                continue;
            }
            if (c == ']' || c == '}') out.append('\n');
            i++;
        }
        return out.toString();
    }

    /// The index behind the closing quote of the string that begins at `start`, or behind the last character.
    private static int stringEnd(String json, int start) {
        int i = start + 1;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == '\\') i++;
            else if (c == '"') return i + 1;
            i++;
        }
        return json.length() + 1;
    }

    /// Appends the text of a JSON string, from `from` to before `to`.
    static void unescape(String json, int from, int to, StringBuilder out) {
        int end = Math.min(to, json.length());
        for (int i = from; i < end; i++) {
            char c = json.charAt(i);
            if (c != '\\' || i + 1 >= end) {
                out.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 't' -> out.append('\t');
                case 'f' -> out.append('\f');
                case 'u' -> i = unicode(json, i, end, out);
                default -> out.append(escaped);
            }
        }
    }

    private static int unicode(String json, int at, int end, StringBuilder out) {
        if (at + 4 >= end) return at;
        int code = 0;
        for (int i = at + 1; i <= at + 4; i++) {
            int digit = Character.digit(json.charAt(i), 16);
            if (digit < 0) return at;
            code = code * 16 + digit;
        }
        out.append((char) code);
        return at + 4;
    }

    private static boolean isHtml(String text) {
        int from = 0;
        for (int seen = 0; seen < 200; seen++) {
            int open = text.indexOf('<', from);
            if (open < 0) return false;
            var tag = tagName(text, open);
            var name = tag.startsWith("/") ? tag.substring(1) : tag;
            if (!tag.isEmpty()
                    && (TAGS.contains(name) && (tag.startsWith("/") || name.length() > 2 || name.equals("br")))) {
                return true;
            }
            from = open + 1;
        }
        return false;
    }

    /// The name of the tag that opens at `at`, in lower case, with its slash; empty if there is none.
    private static String tagName(String text, int at) {
        int i = at + 1;
        if (i < text.length() && text.charAt(i) == '/') i++;
        int start = i;
        while (i < text.length() && i - start < 12 && isAsciiLetterOrDigit(text.charAt(i))) i++;
        if (i == start || i >= text.length()) return "";
        char after = text.charAt(i);
        if (after != '>' && after != ' ' && after != '/' && after != '\n' && after != '\t') return "";
        return text.substring(at + 1, i).toLowerCase(Locale.ROOT);
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /// Tags out, entities decoded. Line breaks inside `<pre>` are kept, `<br>` and the ends of blocks become line breaks.
    private static String html(String text) {
        var out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '&') {
                i = entity(text, i, out);
            } else if (c == '<') {
                i = tag(text, i, out);
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static int tag(String text, int at, StringBuilder out) {
        var tag = tagName(text, at);
        var name = tag.startsWith("/") ? tag.substring(1) : tag;
        if (text.startsWith("<!--", at)) {
            int end = text.indexOf("-->", at);
            return end < 0 ? text.length() : end + 3;
        }
        int close = tag.isEmpty() || !TAGS.contains(name) ? -1 : text.indexOf('>', at);
        if (close < 0 || close - at > 2_000) {
            out.append('<');
            return at + 1;
        }
        if (tag.equals("style") || tag.equals("script")) {
            int end = text.indexOf("</" + tag, close);
            return end < 0 ? close + 1 : end;
        }
        if (LINE_TAGS.contains(tag)) out.append('\n');
        else if (tag.equals("td") || tag.equals("th")) out.append('\t');
        return close + 1;
    }

    private static int entity(String text, int at, StringBuilder out) {
        int end = -1;
        for (int i = at + 1; i < Math.min(text.length(), at + 9); i++) {
            if (text.charAt(i) == ';') {
                end = i;
                break;
            }
        }
        if (end < 0) {
            out.append('&');
            return at + 1;
        }
        var name = text.substring(at + 1, end);
        int code = switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            case "nbsp" -> ' ';
            case "minus", "ndash", "mdash" -> '-';
            default -> numeric(name);
        };
        if (code <= 0 || code > 0xFFFF) {
            out.append('&');
            return at + 1;
        }
        out.append((char) code);
        return end + 1;
    }

    private static int numeric(String name) {
        if (name.length() < 2 || name.charAt(0) != '#') return -1;
        boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int code = 0;
        for (int i = hex ? 2 : 1; i < name.length(); i++) {
            int digit = Character.digit(name.charAt(i), hex ? 16 : 10);
            if (digit < 0) return -1;
            code = code * (hex ? 16 : 10) + digit;
        }
        return code;
    }
}
