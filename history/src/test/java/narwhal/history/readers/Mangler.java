package narwhal.history.readers;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Does to a log what terminals, editors, forums and notebooks do to it, without losing a value.
final class Mangler {
    private Mangler() {
    }

    /// All ways to mangle a text, by name.
    static Map<String, UnaryOperator<byte[]>> all() {
        var all = new LinkedHashMap<String, UnaryOperator<byte[]>>();
        all.put("as it is", bytes -> bytes);
        all.put("windows line ends", text(text -> text.replace("\n", "\r\n")));
        all.put("old mac line ends", text(text -> text.replace("\n", "\r")));
        all.put("utf-8 mark", text(text -> "\ufeff" + text));
        all.put("utf-16 with mark", bytes -> ("\ufeff" + string(bytes)).getBytes(StandardCharsets.UTF_16LE));
        all.put("utf-16 big endian with mark", bytes -> ("\ufeff" + string(bytes)).getBytes(StandardCharsets.UTF_16BE));
        all.put("utf-16 without mark", bytes -> string(bytes).getBytes(StandardCharsets.UTF_16LE));
        all.put("nul bytes", text(text -> text.replace(" - ", " -\0 ")));
        all.put("colours",
                text(text -> text.replace(" - ", "\u001b[1m - \u001b[0m").replace("Epoch", "\u001b[32mEpoch")));
        all.put("window titles", text(text -> text.replace("\n", "\n\u001b]0;training\u0007")));
        all.put("visible colours", text(text -> text.replace(" - ", " [1m- [0m")));
        all.put("visible escapes", text(text -> text.replace(" - ", " \\x1b[1m- \\x1b[0m")));
        all.put("quoted mail", text(text -> "> " + text.replace("\n", "\n> ")));
        all.put("twice quoted", text(text -> ">> " + text.replace("\n", "\n>> ")));
        all.put("comments of knitr", text(text -> "    ## " + text.replace("\n", "\n    ## ")));
        all.put("comments of reprex", text(text -> "#> " + text.replace("\n", "\n#> ")));
        all.put("markdown fence", text(text -> "My log is\n\n```\n" + text + "\n```\nWhat is wrong?\n"));
        all.put("markdown fence with language", text(text -> "```python\n" + text + "```"));
        all.put("indented", text(text -> "    " + text.replace("\n", "\n    ")));
        all.put("inline code", text(text -> "`" + text + "`"));
        all.put("html", text(text -> "<html><head><style>p {color: red}</style></head><body><p>Hello</p><pre><code>"
                + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                + "</code></pre></body></html>"));
        all.put("html with breaks",
                text(text -> "<div class=\"x\">" + text.replace(">", "&gt;").replace("\n", "<br/>\n") + "</div>"));
        all.put("notebook", text(Mangler::notebook));
        all.put("notebook on one line", text(text -> notebook(text).replace("\n", "")));
        all.put("strings of a notebook", text(Mangler::strings));
        all.put("logger",
                text(text -> "[2019-07-01 12:00:00] INFO " + text.replace("\n", "\n[2019-07-01 12:00:01] INFO ")));
        all.put("python logging", text(text -> "2019-07-01 12:00:00,123 - __main__ - INFO - "
                + text.replace("\n", "\n2019-07-01 12:00:01,456 - __main__ - INFO - ")));
        all.put("glog", text(text -> "I0701 12:00:00.000000 140 file.py:10] "
                + text.replace("\n", "\nI0701 12:00:00.000000 140 file.py:10] ")));
        all.put("docker", text(text -> "trainer_1  | " + text.replace("\n", "\ntrainer_1  | ")));
        all.put("kubernetes", text(
                text -> "2024-01-02T03:04:05.678901234Z " + text.replace("\n", "\n2024-01-02T03:04:06.678901234Z ")));
        all.put("root logger", text(text -> "INFO:root:" + text.replace("\n", "\nINFO:root:")));
        all.put("words around", text(text -> "I train a network and this is what I get:\n" + text
                + "\nWhy does it not learn? I tried 3 rates, e.g. 0.1 and 0.01.\n"));
        all.put("warnings between lines", text(text -> text.replace("\nEpoch",
                "\n/usr/lib/python3/site-packages/x.py:123: UserWarning: mind\n  warnings.warn(x)\nEpoch")));
        all.put("blank lines", text(text -> text.replace("\n", "\n\n \n")));
        all.put("blanks at line ends", text(text -> text.replace("\n", "    \n")));
        all.put("hard blanks", text(text -> text.replace(" - ", "\u00a0-\u00a0")));
        return all;
    }

    private static UnaryOperator<byte[]> text(UnaryOperator<String> change) {
        return bytes -> change.apply(string(bytes)).getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String notebook(String text) {
        return "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"model.fit(x, y)\"\n   ],\n   \"outputs\": [\n    {\n"
                + "     \"name\": \"stdout\",\n     \"output_type\": \"stream\",\n     \"text\": [\n" + strings(text)
                + "\n     ]\n    }\n   ]\n  }\n ],\n \"nbformat\": 4\n}\n";
    }

    private static String strings(String text) {
        var out = new StringBuilder();
        for (var line : text.split("(?<=\n)")) {
            if (!out.isEmpty()) out.append(",\n");
            out.append("      \"")
                    .append(line.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
                            .replace("\b", "\\b")
                            .replace("\t", "\\t").replace("\u001b", "\\u001b"))
                    .append('"');
        }
        return out.toString();
    }
}
