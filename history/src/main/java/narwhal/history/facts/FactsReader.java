package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.Optional;

/// Reads what a user states about a run: lines `key: value`, sentences, pasted Python; several facts on a line, in any order.
///
/// ```java
/// var facts = FactsReader.read("2000 train / 1000 validation, batch 20, RMSprop 1e-4");
/// ```
public final class FactsReader {
    private static final int LONGEST_LINE = 4_000;
    private static final Pattern LOOP = Pattern.compile("(\\s*)for \\w+ in range\\((\\d{1,4})\\):\\s*");
    /// `for i in range(9): model.add(Dense(32))`
    private static final Pattern ONE_LINE_LOOP = Pattern
            .compile("\\s*for \\w+ in range\\((\\d{1,3})\\): *(\\w+\\.add\\(.*)");
    private static final Pattern FORWARD = Pattern.compile(
            "(?:F|torch)\\.(\\w{4,20})\\(self\\.\\w{1,40}\\(\\w{1,20}\\)[^()\\n]{0,20}\\)\\s*[;\\n]\\s*return \\w{1,20}\\s*(?:[;\\n]|$)"
                    + "|return (?:F|torch|self)\\.(\\w{4,20})\\(");
    /// `the same run with learning rate 0.01 reaches 0.96` tells of another run.
    private static final Pattern ANOTHER_RUN = Pattern.compile(
            "(?i)(?:the |an? )?(?:same|identical|other|control) (?:run|model|network|program|notebook|script|training)\\b.*");
    private static final Pattern SHARE_OF_STEPS = Pattern
            .compile("validation_steps\\s*=\\s*int\\(\\s*0?\\.(\\d{1,6})\\s*\\*\\s*len\\(");
    /// `c(rep(0, 40), rep(1, 40))`, `[0] * 40 + [1] * 40`: labels class after class.
    private static final Pattern BLOCKS_OF_LABELS = Pattern.compile(
            "\\brep\\(\\s*\\w{1,9}\\s*,\\s*\\d{1,7}\\s*\\)\\s*,\\s*rep\\(|\\[\\s*\\d\\s*]\\s*\\*\\s*\\w{1,20}\\s*\\+\\s*\\[\\s*\\d\\s*]\\s*\\*");
    private static final int LONGEST_BODY = 20;
    private static final int MOST_LAYERS = 1_000;
    private static final int MOST_LINES = 20_000;

    private FactsReader() {
    }

    /// The facts of a text. Never fails: lines of which nothing is understood are in [Facts#ignored].
    public static Facts read(String text) {
        return read(text, true);
    }

    /// The facts of the code in a text that is not all facts, such as a log with the script pasted above it. Sentences are not read and
    /// nothing counts as ignored.
    public static Facts fromCode(String text) {
        return read(text, false);
    }

    private static Facts read(String text, boolean sentences) {
        var facts = new FactsBuilder();
        var script = new PythonScript(facts);
        var folders = new FolderCounts(facts);
        var raw = new RawArrays(facts, text);
        for (var statement : statements(text)) {
            facts.begin(statement);
            raw.statement(statement);
            var share = SHARE_OF_STEPS.matcher(statement);
            if (share.find())
                facts.put(FactKey.VALIDATION_STEPS_SHARE, Double.parseDouble("0." + share.group(1)));
            if (BLOCKS_OF_LABELS.matcher(statement).find()) facts.byDefault(FactKey.VALIDATION_SORTED, true);
            if (folders.read(statement)) {
                facts.end();
            } else if (ANOTHER_RUN.matcher(statement).matches()) {
                facts.end();
            } else if (sentences && KeyLines.read(statement, facts)) {
                facts.end();
            } else if (CodeLine.isCode(statement)) {
                script.statement(statement);
                // `from_logits=True` reads like a statement and is none that builds a model.
                if (sentences && !facts.isUnderstood()) FreeText.read(statement, facts);
                facts.understood();
            } else if (sentences) {
                FreeText.read(statement, facts);
                facts.end();
            }
        }
        facts.begin("layers of the script");
        script.end();
        // `optimizer.step()`, `scaler.step(optimizer)`
        if (text.contains(".backward()") && text.contains("zero_grad()") && !text.contains(".step("))
            facts.put(FactKey.UPDATES_WEIGHTS, false);
        forward(text).ifPresent(head -> facts.replace(FactKey.OUTPUT_ACTIVATION, head));
        return facts.build();
    }

    /// What `forward` of a PyTorch module hands its last layer to: `x = F.relu(self.fc2(x)); return x`, `return F.log_softmax(x, dim=1)`.
    private static Optional<String> forward(String text) {
        // Blocks stand before the network that they are part of.
        return FORWARD.matcher(text).results().reduce((first, last) -> last)
                .flatMap(head -> Activations.name(head.group(1) != null ? head.group(1) : head.group(2)));
    }

    /// Lines, joined where brackets of code are left open; comments and blank lines are left out.
    private static List<String> statements(String text) {
        var statements = new ArrayList<String>();
        var open = new StringBuilder();
        int depth = 0;
        int lines = 0;
        for (var raw : unrolled(text.lines().limit(MOST_LINES).toList())) {
            var line = raw.length() > LONGEST_LINE ? raw.substring(0, LONGEST_LINE) : raw;
            line = uncommented(unmarked(line));
            if (line.isBlank()) continue;
            int change = depth(line);
            boolean code = depth > 0 || isOpenCode(line, change);
            if (!code) {
                for (var part : RScript.statements(line.strip())) statements.addAll(apart(part));
                continue;
            }
            open.append(depth > 0 ? " " : "").append(line.strip());
            depth += change;
            if (depth <= 0 || ++lines > 60 || open.length() > 8_000) {
                statements.addAll(RScript.statements(open.toString()));
                open.setLength(0);
                depth = 0;
                lines = 0;
            }
        }
        if (!open.isEmpty()) statements.add(open.toString());
        return statements;
    }

    /// The lines with the bodies of loops that add layers, `for _ in range(20):`, as often as they run.
    private static List<String> unrolled(List<String> lines) {
        var all = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var one = ONE_LINE_LOOP.matcher(line);
            if (one.matches()) {
                int times = Math.min(Integer.parseInt(one.group(1)), MOST_LAYERS);
                for (int k = 0; k < times && all.size() < MOST_LINES; k++) all.add(one.group(2));
                continue;
            }
            all.add(line);
            var loop = LOOP.matcher(line);
            if (!loop.matches()) continue;
            int end = i + 1;
            while (end < lines.size() && end - i <= LONGEST_BODY && indent(lines.get(end)) > loop.group(1).length())
                end++;
            var body = lines.subList(i + 1, end);
            int more = Math.min(Integer.parseInt(loop.group(2)), MOST_LAYERS) - 1;
            if (body.stream().noneMatch(inside -> inside.contains(".add("))) continue;
            for (int k = 0; k < more && all.size() < MOST_LINES; k++) all.addAll(body);
        }
        return all;
    }

    private static int indent(String line) {
        return line.isBlank() ? Integer.MAX_VALUE : line.length() - line.stripLeading().length();
    }

    /// Statements that share a line: `x = 1; y = 2`, assignments with commas between them, `batch_size = 16, steps = n // batch_size`, and
    /// a call with words behind it, `optimizer = Adam(lr=0.01), batch 64`.
    private static List<String> apart(String line) {
        var statements = parts(line, ';');
        if (statements.size() > 1 && isAssignment(statements.getFirst())) return leading(statements);
        var assignments = parts(line, ',');
        if (assignments.size() < 2) return List.of(line);
        if (assignments.stream().allMatch(FactsReader::isAssignment)) return assignments;
        var first = assignments.getFirst();
        return isAssignment(first) && first.endsWith(")")
                ? List.of(first, String.join(", ", assignments.subList(1, assignments.size())))
                : List.of(line);
    }

    /// Statements, and what stands behind the last of them as one sentence.
    private static List<String> leading(List<String> parts) {
        int code = 0;
        while (code < parts.size() && CodeLine.isCode(parts.get(code))) code++;
        if (code == parts.size()) return parts;
        var statements = new ArrayList<>(parts.subList(0, code));
        statements.add(String.join("; ", parts.subList(code, parts.size())));
        return statements;
    }

    private static boolean isAssignment(String part) {
        int sign = CodeLine.assignment(part);
        return sign > 0 && part.substring(0, sign).strip().indexOf(' ') < 0 && CodeLine.isCode(part);
    }

    /// What stands between signs outside of all brackets.
    private static List<String> parts(String line, char sign) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i < line.length() ? line.charAt(i) : sign;
            if (c == '(' || c == '[' || c == '{') depth++;
            if (c == ')' || c == ']' || c == '}') depth--;
            if (c != sign || depth > 0 && i < line.length()) continue;
            var part = line.substring(begin, i).strip();
            if (!part.isEmpty()) parts.add(part);
            begin = i + 1;
        }
        return parts;
    }

    /// Bullets, prompts and quotes in front of a line.
    private static String unmarked(String line) {
        var text = line.strip();
        while (text.startsWith(">>>") || text.startsWith("... ") || text.startsWith("> ") || text.startsWith("* ")
                || text.startsWith("- ")
                || text.startsWith("• ")) {
            text = text.substring(text.startsWith(">>>") || text.startsWith("...") ? 3 : 1).strip();
        }
        return text.startsWith("```") ? "" : text;
    }

    /// A `#` outside of quotes begins a comment.
    private static String uncommented(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'' && (i == 0 || !Character.isLetterOrDigit(line.charAt(i - 1)))) {
                quote = c;
            } else if (c == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static int depth(String line) {
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '(' || c == '[' || c == '{') depth++;
            if (c == ')' || c == ']' || c == '}') depth--;
        }
        return depth;
    }

    /// A call that goes on in the next line: `model.compile(loss='mse',`.
    private static boolean isOpenCode(String line, int change) {
        if (change <= 0) return false;
        int open = line.indexOf('(') < 0 ? line.indexOf('[') : line.indexOf('(');
        if (open <= 0) return false;
        char before = line.charAt(open - 1);
        return Character.isLetterOrDigit(before) || before == '_' || before == '='
                || before == ' ' && line.indexOf('=') > 0;
    }

    /// The value of a key as a facts file states it, for callers that know a single one.
    static Optional<FactKey<?>> key(String name) {
        return FactKey.all().stream().filter(key -> key.name().equals(name)).findFirst().map(key -> (FactKey<?>) key);
    }
}
