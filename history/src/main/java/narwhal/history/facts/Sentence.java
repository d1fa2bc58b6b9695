package narwhal.history.facts;

import java.util.List;
import java.util.Optional;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Tokens.Token;

/// A sentence of facts, and ways of looking around in it.
final class Sentence {
    private static final Token NOTHING = new Token(" ", " ", Double.NaN, 0, 0);

    private final String line;
    private final List<Token> tokens;

    Sentence(String line) {
        this.line = line;
        this.tokens = Tokens.of(line);
    }

    String line() {
        return line;
    }

    List<Token> tokens() {
        return tokens;
    }

    int size() {
        return tokens.size();
    }

    Token at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : NOTHING;
    }

    /// The number behind a word, over small words and signs: `batch size of 32`, `lr = 0.1`, `(lr: 0.1)`.
    int numberAfter(int i, int most) {
        int k = i + 1;
        for (int skipped = 0; skipped < most; skipped++, k++) {
            var token = at(k);
            if (token.isNumber()) return k;
            if (!token.is("=", ":", "(", "of", "is", "was", "~", "about", "with", "size", "rate", "to", "at", "the",
                    "a", "set", "==", "\"", "'",
                    "constant", "fixed", "initial", "approximately", "around", "default", "only", "[", "≈", "sizes",
                    ".", "than", "near")) {
                return -1;
            }
            if (token.is(".") && k != i + 1) return -1;
        }
        return -1;
    }

    /// Which set the words around speak of, nearest first within the phrase; behind a bracket that they stand in; at last the one that
    /// began the sentence, as in `val: 2,600 images, unshuffled`.
    Sets sets(int i) {
        int from = i;
        while (from > 0 && i - from < 8 && !divides(from - 1)) from--;
        int to = i;
        while (to + 1 < tokens.size() && to - i < 6 && !divides(to + 1)) to++;
        for (int distance = 0; distance <= 8; distance++) {
            for (int k : new int[]{i - distance, i + distance}) {
                if (k < from || k > to) continue;
                var role = role(at(k).text());
                if (role.isPresent()) return role.get();
            }
        }
        int close = close(i);
        if (at(close + 1).is("for", "on", "in") && role(at(close + 2).text()).isPresent())
            return role(at(close + 2).text()).get();
        for (int k = i; k >= 0; k--) {
            var role = prefix(k);
            if (role.isPresent()) return role.get();
        }
        return Sets.ALL;
    }

    /// The set that what follows speaks of: `val:`, `train loader:`.
    private Optional<Sets> prefix(int k) {
        int colon = at(k + 1).is("loader", "generator", "set", "data", "dataset", "gen", "side") ? k + 2 : k + 1;
        return at(colon).is(":") && !at(k - 1).is(",") ? role(at(k).text()) : Optional.empty();
    }

    /// Marks divide phrases, a slash between numbers (`1/255`) does not.
    private boolean divides(int i) {
        if (at(i).is("/")) return !(at(i - 1).isNumber() && at(i + 1).isNumber());
        return at(i).is(";", ",", ".", "|");
    }

    /// The bracket that closes around a place; far outside where it stands in none.
    private int close(int i) {
        int depth = 0;
        for (int k = i + 1; k < Math.min(tokens.size(), i + 40); k++) {
            if (at(k).is("(")) depth++;
            if (at(k).is(")") && --depth < 0) return k;
        }
        return tokens.size();
    }

    static Optional<Sets> role(String word) {
        if (word.startsWith("train") || word.equals("trn") || word.equals("x_train")) return Optional.of(Sets.TRAINING);
        if (word.startsWith("valid") || word.equals("val") || word.startsWith("val_") || word.startsWith("eval")
                || word.equals("dev") || word.equals("x_val") || word.equals("x_valid") || word.startsWith("test_d")) {
            return Optional.of(Sets.VALIDATION);
        }
        return Optional.empty();
    }

    /// Whether `no`, `not`, `without` in the same phrase or `= False` negates the word.
    boolean negated(int i) {
        for (int k = i - 1; k >= Math.max(0, i - 3) && !at(k).is(";", ",", "."); k--) {
            if (at(k).is("no", "not", "without", "never", "non", "un", "disabled", "isn't", "don't", "missing",
                    "neither", "nor", "nothing"))
                return true;
        }
        int k = i + 1;
        if (at(k).is("=", ":")) k++;
        return at(k).is("false", "off", "none", "no") || at(k).is("disabled");
    }

    boolean affirmed(int i) {
        int k = i + 1;
        if (at(k).is("=", ":")) k++;
        return at(k).is("true", "on", "yes");
    }

    boolean near(int i, int distance, String... words) {
        for (int k = Math.max(0, i - distance); k <= Math.min(tokens.size() - 1, i + distance); k++) {
            if (at(k).is(words)) return true;
        }
        return false;
    }

    /// `Sigmoid() at the end of the model`
    boolean atTheEnd(int i) {
        int k = i + 1;
        while (at(k).is("(", ")")) k++;
        return at(k).is("at") && at(k + 1).is("the") && at(k + 2).is("end")
                || at(k).is("as") && at(k + 1).is("the") && at(k + 2).is("last", "final");
    }

    boolean follows(int i, String word) {
        return tokens.subList(i + 1, tokens.size()).stream().anyMatch(token -> token.is(word));
    }

    /// The same up to three words away, but in the same part of the sentence.
    boolean beside(int i, String... words) {
        for (int step : new int[]{-1, 1}) {
            for (int k = i + step; Math.abs(k - i) <= 3 && !at(k).is(",", ";", ".", "|"); k += step) {
                if (at(k).is(words)) return true;
            }
        }
        return false;
    }

    /// The index of the bracket that closes the one at `open`, or the end.
    int closing(int open) {
        int depth = 0;
        for (int k = open; k < size(); k++) {
            if (at(k).is("(")) depth++;
            if (at(k).is(")") && --depth == 0) return k;
        }
        return size();
    }

    /// The words around, between commas.
    String phrase(int i) {
        int from = i;
        int depth = 0;
        while (from > 0 && (depth > 0 || !at(from - 1).is(",", ";", "|")) && i - from < 20) {
            if (at(from - 1).is(")")) depth++;
            if (at(from - 1).is("(")) depth--;
            if (depth < 0) break;
            from--;
        }
        int to = i;
        depth = 0;
        while (to + 1 < tokens.size() && (depth > 0 || !at(to + 1).is(",", ";", "|", ")")) && to - i < 40) {
            if (at(to + 1).is("(")) depth++;
            if (at(to + 1).is(")")) depth--;
            to++;
        }
        return FactsBuilder.shortened(line.substring(at(from).start(), at(to).end()));
    }
}
