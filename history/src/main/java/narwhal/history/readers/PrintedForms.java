package narwhal.history.readers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import narwhal.history.log.Role;

/// What a line of somebody's own loop says by its form: which set it is about, whether something is over, and what its numbers are called
/// where they stand without a name.
final class PrintedForms {
    /// Julia's `(:epoch, 3, :trn, 0.84, :tst, 0.83)`.
    private static final Pattern SYMBOL = Pattern.compile(":(\\w{1,20}), ");
    /// `[Epoch] 3, [Training error] 2.31`
    private static final Pattern BRACKETED = Pattern.compile("\\[([A-Za-z][A-Za-z _]{1,30})] (?=-?\\d)");
    /// `Epoch 3/10: 0.725448`
    private static final Pattern BARE = Pattern
            .compile("\\s*((?i:epoch) \\d{1,7}(?:/\\d{1,7})?)\\s*[:|-]\\s*(\\d{1,9}\\.\\d{3,20})\\s*");
    /// Caffe prints what the latest batch gave below the line of its step.
    private static final String CAFFE = "Train net output #";
    private static final List<String> PHASES = List.of("phase", "mode", "split", "stage");
    private static final Pattern PHASE = Pattern.compile("\\b(?:phase|mode|split|stage)[\"']?\\s*[=:]\\s*[\"']?(\\w+)");
    private static final Set<String> DONE_WORDS = Set.of("done", "finished", "complete", "completed", "end", "took",
            "finish", "ended", "over");
    /// `Running Validation...`
    private static final Set<String> BEGINNINGS = Set.of("running", "start", "starting", "begin", "beginning",
            "performing", "doing", "checking", "computing");

    private PrintedForms() {
    }

    /// `print(loss)` in PyTorch says what it is behind the number: `tensor(0.2481, grad_fn=<MseLossBackward0>)`; Caffe prints values below the
    /// line of their step.
    ///
    /// @param step that was named last
    static String named(String line, long step) {
        if (line.startsWith("tensor(") && line.contains("LossBackward")) return "loss: " + line;
        if (line.startsWith(CAFFE, LineCleaning.skipBlanks(line, 0)) && line.indexOf(": ") > 0)
            return "iteration " + step + ", train " + line.substring(line.indexOf(": ") + 2);
        var bare = BARE.matcher(line);
        if (bare.matches()) return bare.group(1) + " loss: " + bare.group(2);
        if (line.contains("[Epoch] ")) return BRACKETED.matcher(line).replaceAll("$1: ");
        return line.startsWith("(:epoch, ") ? SYMBOL.matcher(line).replaceAll("$1: ") : line;
    }

    static boolean hasDigit(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Readings.isDigit(line.charAt(i))) return true;
        }
        return line.toLowerCase(Locale.ROOT).contains("nan");
    }

    /// The set that a line begins with, `Training:`, `--- Validation ---`.
    static Optional<Role> leadingRole(String text) {
        int i = 0;
        while (i < text.length() && !Character.isLetter(text.charAt(i))) i++;
        int end = i;
        while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
        boolean word = end > i
                && (end == text.length() || text.charAt(end) != '_' && !Readings.isDigit(text.charAt(end)));
        if (!word) return Optional.empty();
        var first = text.substring(i, end);
        return BEGINNINGS.contains(first.toLowerCase(Locale.ROOT))
                ? leadingRole(text.substring(text.startsWith(" accuracy on", end) ? end + 12 : end))
                : Names.role(first);
    }

    /// The set that a line is about, by its first word or by what it says of its phase.
    static Optional<Role> lineRole(String line) {
        if (line.length() >= 2_000) return Optional.empty();
        var trimmed = line.trim();
        // ` * Acc@1 70.1 Acc@5 89.5` is how PyTorch's examples close a pass over the validation set.
        if (trimmed.startsWith("* ") && trimmed.contains("@1")) return Optional.of(Role.TEST);
        for (var word : PHASES) {
            if (!trimmed.contains(word)) continue;
            var phase = PHASE.matcher(trimmed);
            if (phase.find()) return Names.role(phase.group(1));
        }
        return leadingRole(trimmed);
    }

    /// Whether a line says that something is over.
    static boolean saysDone(String line) {
        for (var word : line.toLowerCase(Locale.ROOT).split("[^a-z]+", 30)) {
            if (DONE_WORDS.contains(word)) return true;
        }
        return false;
    }
}
