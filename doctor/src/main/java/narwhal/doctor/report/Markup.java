package narwhal.doctor.report;

import narwhal.doctor.Say;

/// HTML and SVG put together piece by piece; every text and attribute is escaped.
final class Markup {
    private final StringBuilder text = new StringBuilder();

    /// Text that came from outside, made harmless.
    static String escaped(String raw) {
        var safe = new StringBuilder(raw.length() + 16);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return safe.toString();
    }

    /// A start tag; attributes come in pairs of name and value.
    Markup open(String tag, Object... attributes) {
        start(tag, attributes);
        text.append('>');
        return this;
    }

    Markup close(String tag) {
        text.append("</").append(tag).append('>');
        return this;
    }

    /// A tag without content.
    Markup empty(String tag, Object... attributes) {
        start(tag, attributes);
        text.append("/>");
        return this;
    }

    private void start(String tag, Object... attributes) {
        text.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"").append(escaped(attribute(attributes[i + 1])))
                    .append('"');
        }
    }

    private static String attribute(Object value) {
        return value instanceof Double number ? Say.format("%.1f", number) : String.valueOf(value);
    }

    /// Text inside a tag.
    Markup text(String raw) {
        text.append(escaped(raw));
        return this;
    }

    /// A tag with text inside.
    Markup element(String tag, String content, Object... attributes) {
        return open(tag, attributes).text(content).close(tag);
    }

    /// Markup that was made here.
    Markup add(Markup other) {
        text.append(other.text);
        return this;
    }

    /// Trusted text of our own, such as the style sheet.
    Markup raw(String own) {
        text.append(own);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
