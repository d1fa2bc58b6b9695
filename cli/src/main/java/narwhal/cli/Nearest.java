package narwhal.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody may have meant.
final class Nearest {
    private Nearest() {
    }

    /// The known word that takes the fewest typing mistakes to become `word`; empty where none is near.
    static Optional<String> to(String word, Collection<String> known) {
        var lower = word.toLowerCase(Locale.ROOT);
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (var candidate : known) {
            int mistakes = mistakes(lower, candidate.toLowerCase(Locale.ROOT));
            if (mistakes < fewest) {
                fewest = mistakes;
                best = candidate;
            }
        }
        if (best == null) return Optional.empty();
        boolean begins = lower.length() >= 3 && best.toLowerCase(Locale.ROOT).startsWith(lower);
        return begins || fewest <= Math.max(1, Math.min(word.length(), best.length()) / 3)
                ? Optional.of(best)
                : prefix(lower, known);
    }

    /// `did you mean X?`, or other advice where nothing is near.
    static String advice(String word, Collection<String> known, String otherwise) {
        return to(word, known).map(nearest -> "did you mean " + nearest + "?").orElse(otherwise);
    }

    private static Optional<String> prefix(String lower, Collection<String> known) {
        if (lower.replace("-", "").length() < 3) return Optional.empty();
        return known.stream().filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(lower)
                || lower.startsWith(candidate.toLowerCase(Locale.ROOT) + "-")).findFirst();
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int mistakes(String a, String b) {
        var table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) table[i][0] = i;
        for (int j = 0; j <= b.length(); j++) table[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int fewest = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                    fewest = Math.min(fewest, table[i - 2][j - 2] + 1);
                table[i][j] = fewest;
            }
        }
        return table[a.length()][b.length()];
    }
}
