package narwhal.history.facts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import narwhal.history.facts.Tokens.Token;

/// Names of losses, turned into Keras' own.
final class Losses {
    private Losses() {
    }

    /// The loss that is named at a place in a sentence.
    static Optional<String> name(List<Token> tokens, int i) {
        var single = name(tokens.get(i).text());
        if (single.isPresent()) {
            var kind = i > 0 ? tokens.get(i - 1).text() : "";
            if (single.get().equals("crossentropy"))
                return Optional.of(ofKind(kind, i > 1 ? tokens.get(i - 2).text() : ""));
            return single;
        }
        if (tokens.get(i).text().equals("cross") && i + 1 < tokens.size()
                && tokens.get(i + 1).text().startsWith("entropy")) {
            return Optional.of(ofKind(i > 0 ? tokens.get(i - 1).text() : "", i > 1 ? tokens.get(i - 2).text() : ""));
        }
        if (tokens.get(i).text().equals("mean") && i + 2 < tokens.size()) {
            var middle = tokens.get(i + 1).text();
            var last = tokens.get(i + 2).text();
            if (middle.equals("squared") && last.startsWith("error")) return Optional.of("mean_squared_error");
            if (middle.equals("absolute") && last.startsWith("error")) return Optional.of("mean_absolute_error");
        }
        boolean named = i + 1 < tokens.size() && tokens.get(i + 1).is("loss");
        if (tokens.get(i).is("l1") && named) return Optional.of("mean_absolute_error");
        return Optional.empty();
    }

    private static String ofKind(String before, String further) {
        return switch (before) {
            case "binary" -> "binary_crossentropy";
            case "sparse" -> "sparse_categorical_crossentropy";
            case "categorical" ->
                further.equals("sparse") ? "sparse_categorical_crossentropy" : "categorical_crossentropy";
            case "sigmoid" -> "binary_crossentropy";
            case "softmax" -> "categorical_crossentropy";
            default -> "crossentropy";
        };
    }

    /// The loss of a single word: `mse`, `BCEWithLogitsLoss`, `sparse_categorical_crossentropy`; `crossentropy` where the word does not
    /// say of which kind.
    static Optional<String> name(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        var last = lower.substring(lower.lastIndexOf('.') + 1).replace("-", "_");
        return switch (last) {
            case "mse", "mean_squared_error", "meansquarederror", "mseloss" -> Optional.of("mean_squared_error");
            case "mae", "mean_absolute_error", "meanabsoluteerror", "l1loss" -> Optional.of("mean_absolute_error");
            case "msle", "mean_squared_logarithmic_error" -> Optional.of("mean_squared_logarithmic_error");
            case "binary_crossentropy", "binarycrossentropy", "bce", "bceloss", "binary_cross_entropy" ->
                Optional.of("binary_crossentropy");
            case "bcewithlogitsloss", "binary_cross_entropy_with_logits", "sigmoid_cross_entropy_with_logits",
                    "sigmoid_binary_cross_entropy", "sigmoidbceloss", "sigmoidbinarycrossentropyloss",
                    "sigmoid_cross_entropy" ->
                Optional.of("binary_crossentropy");
            case "categorical_crossentropy", "categoricalcrossentropy", "categorical_cross_entropy",
                    "softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits_v2" ->
                Optional.of("categorical_crossentropy");
            case "sparse_categorical_crossentropy", "sparsecategoricalcrossentropy", "sparse_categorical_cross_entropy",
                    "crossentropyloss", "softmax_cross_entropy", "softmax_cross_entropy_with_integer_labels",
                    "sparse_softmax_cross_entropy_with_logits", "softmaxcrossentropyloss", "softmaxceloss" ->
                Optional.of("sparse_categorical_crossentropy");
            // Takes logarithms of probabilities.
            case "nllloss", "nll_loss", "nll" -> Optional.of("nll_loss");
            case "cross_entropy", "crossentropy", "ce", "xent" -> Optional.of("crossentropy");
            case "hinge", "squared_hinge", "categorical_hinge" -> Optional.of(last);
            case "kld", "kullback_leibler_divergence", "kldivergence", "kl_divergence" -> Optional.of("kl_divergence");
            case "huber", "huber_loss", "smoothl1loss", "logcosh", "log_cosh" ->
                Optional.of(last.equals("log_cosh") ? "logcosh" : last);
            case "dice", "dice_loss", "diceloss" -> Optional.of("dice");
            case "focal", "focal_loss", "focalloss" -> Optional.of("focal");
            case "poisson", "cosine_proximity", "cosine_similarity" -> Optional.of(last);
            default -> Optional.empty();
        };
    }

    /// Whether the loss of a single word takes what goes into a softmax or sigmoid, by its name: those of PyTorch, MXNet, optax, Chainer
    /// and of TensorFlow's `…_with_logits`.
    static boolean takesLogits(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        var last = lower.substring(lower.lastIndexOf('.') + 1);
        return last.equals("crossentropyloss") || last.contains("withlogits") || last.contains("with_logits")
                || last.startsWith("softmax_cross_entropy") || last.startsWith("sigmoid_binary_cross_entropy")
                || last.equals("sigmoid_cross_entropy") || last.startsWith("softmaxc")
                || last.startsWith("sigmoidb") && last.endsWith("loss");
    }
}
