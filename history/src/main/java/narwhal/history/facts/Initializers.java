package narwhal.history.facts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import narwhal.history.facts.Tokens.Token;

/// Names of weight initialisers.
final class Initializers {
    private Initializers() {
    }

    /// The initialiser that is named at a place in a sentence: `he_normal`, `Xavier uniform`, `random normal initializer`.
    static Optional<String> name(List<Token> tokens, int i) {
        var single = name(tokens.get(i).text());
        if (single.isPresent()) return single;
        var word = tokens.get(i).text();
        var next = i + 1 < tokens.size() ? tokens.get(i + 1).text() : "";
        boolean family = word.equals("he") || word.equals("glorot") || word.equals("xavier") || word.equals("lecun")
                || word.equals("kaiming");
        if (family && (next.equals("normal") || next.equals("uniform"))) return name(word + "_" + next);
        if (family && next.startsWith("init")) return name(word + "_uniform");
        boolean random = word.equals("random") && (next.equals("normal") || next.equals("uniform"));
        return random && i + 2 < tokens.size() && tokens.get(i + 2).text().startsWith("init")
                ? Optional.of("random_" + next)
                : Optional.empty();
    }

    /// The initialiser of a single word under Keras' name.
    static Optional<String> name(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        var last = lower.substring(lower.lastIndexOf('.') + 1);
        while (last.endsWith("_")) last = last.substring(0, last.length() - 1);
        return switch (last) {
            case "he_normal", "he_uniform", "glorot_normal", "glorot_uniform", "lecun_normal", "lecun_uniform",
                    "orthogonal", "random_normal",
                    "random_uniform", "truncated_normal", "variance_scaling", "zeros" ->
                Optional.of(last);
            case "henormal", "kaiming_normal" -> Optional.of("he_normal");
            case "heuniform", "kaiming_uniform" -> Optional.of("he_uniform");
            case "xavier_normal", "glorotnormal" -> Optional.of("glorot_normal");
            case "xavier", "xavier_uniform", "glorotuniform", "glorot" -> Optional.of("glorot_uniform");
            case "randomnormal" -> Optional.of("random_normal");
            case "randomuniform" -> Optional.of("random_uniform");
            case "truncatednormal" -> Optional.of("truncated_normal");
            default -> Optional.empty();
        };
    }
}
