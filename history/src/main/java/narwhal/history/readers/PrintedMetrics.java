package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of the numbers of a printed line are metrics, and which are learning rates, times and other things beside them.
final class PrintedMetrics {
    private PrintedMetrics() {
    }

    /// The numbers with the name of a metric; empty if none of them is one that people print.
    static List<PrintedRoles.Named> of(List<PrintedPairs.Pair> pairs) {
        var named = new ArrayList<PrintedRoles.Named>();
        for (int k = 0; k < pairs.size(); k++) {
            var pair = pairs.get(k);
            var joined = countedSet(pairs, k);
            if (joined != null) {
                named.add(joined);
                k++;
                continue;
            }
            if (isRate(pair) || isAside(pair)) continue;
            var parsed = Names.free(pair.name());
            boolean roleOnly = parsed.name().isEmpty() && parsed.role().isPresent();
            if (roleOnly && (pair.percent() || pair.hits() >= 0) && !pair.bracket()) {
                named.add(new PrintedRoles.Named(pair, new Names.Parsed(parsed.role(), "accuracy", true)));
            } else if (parsed.known() && isMeasured(pair)
                    || pair.named() && isIdentifier(pair.name()) && !parsed.name().isEmpty()) {
                named.add(new PrintedRoles.Named(pair, parsed));
            }
        }
        boolean any = named.stream().anyMatch(value -> value.parsed().known());
        return any ? named : List.of();
    }

    /// A whole number that only stands beside a name (`loss 3 times`) is no value of it.
    private static boolean isMeasured(PrintedPairs.Pair pair) {
        return pair.named() || pair.percent() || pair.of() > 0 || pair.hits() >= 0 || pair.whole() < 0;
    }

    /// `Accuracy of the network on the 10000 test images: 55 %`, also of 10000.0 images.
    private static PrintedRoles.@Nullable Named countedSet(List<PrintedPairs.Pair> pairs, int k) {
        if (k + 1 >= pairs.size()) return null;
        var pair = pairs.get(k);
        var next = pairs.get(k + 1);
        var lower = next.name().toLowerCase(Locale.ROOT);
        boolean set = lower.contains("images") || lower.contains("samples") || lower.contains("examples")
                || lower.contains("sentences");
        var count = pair.text().endsWith(".0") ? pair.text().substring(0, pair.text().length() - 2) : pair.text();
        if (!set || Readings.whole(count, 0, count.length()) < 2 || pair.named() || pair.of() >= 0) return null;
        var parsed = Names.free(pair.name() + " " + next.name());
        return parsed.known() ? new PrintedRoles.Named(next, parsed) : null;
    }

    /// Whether a pair is the learning rate.
    static boolean isRate(PrintedPairs.Pair pair) {
        return RATE.of(pair.name());
    }

    private static final Memo<Boolean> RATE = new Memo<>(original -> {
        var name = original.toLowerCase(Locale.ROOT);
        return name.equals("lr") || name.endsWith("learning rate") || name.endsWith("learning_rate")
                || name.endsWith(" lr") || name.endsWith("_lr") || name.startsWith("lr_") || name.endsWith("lrs")
                || name.equals("learning-rate");
    });

    /// Whether a pair is about time, size or place, or about another epoch (`best so far`).
    static boolean isAside(PrintedPairs.Pair pair) {
        if (pair.name().isEmpty() || ASIDE.of(pair.name())) return true;
        return !pair.unit().isEmpty() && !pair.unit().equals("e") && !pair.unit().startsWith("/");
    }

    private static final Memo<Boolean> ASIDE = new Memo<>(name -> {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("best") || lower.contains("so far") || lower.startsWith("min ") || lower.startsWith("max ")
                || lower.contains("previous") || lower.contains("delta") || lower.contains("target")
                || lower.contains("class ") || lower.contains("runtime"))
            return true;
        return Names.isBookkeeping(lower.substring(lower.lastIndexOf(' ') + 1))
                || Names.isBookkeeping(lower) && !Names.free(name).known();
    });

    private static boolean isIdentifier(String name) {
        return name.indexOf(' ') < 0 && name.length() <= 40 && !Names.isBookkeeping(name);
    }
}
