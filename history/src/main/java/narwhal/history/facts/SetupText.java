package narwhal.history.facts;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a sentence says around the training: framework and callbacks.
final class SetupText {
    private final Sentence text;
    private final FactsBuilder facts;

    SetupText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        var word = text.at(i).text();
        frameworks(i, word);
        callbacks(i, word);
    }

    private void frameworks(int i, String word) {
        var name = switch (word) {
            case "keras" -> "keras";
            case "tensorflow", "tf", "tf.keras" -> "tensorflow";
            case "pytorch", "torch" -> "pytorch";
            case "narwhal" -> "narwhal";
            default -> "";
        };
        if (name.isEmpty()) return;
        var next = text.at(i + 1);
        var version = "";
        if (next.isNumber() || next.is("v")
                || next.text().startsWith("v") && next.text().length() > 1 && Tokens.isDigit(next.text().charAt(1))) {
            int start = next.isNumber() ? next.start() : next.start() + 1;
            int end = start;
            while (end < text.line().length()
                    && (Tokens.isDigit(text.line().charAt(end)) || text.line().charAt(end) == '.'))
                end++;
            version = text.line().substring(start, end);
            while (version.endsWith(".")) version = version.substring(0, version.length() - 1);
        }
        if (version.isEmpty() && (facts.has(FactKey.FRAMEWORK) || text.at(i).is("tf"))) return;
        var earlier = facts.soFar().value(FactKey.FRAMEWORK);
        boolean better = earlier.isEmpty() || earlier.get().version().isEmpty();
        if (better) facts.replace(FactKey.FRAMEWORK, new Framework(name, version));
    }

    private void callbacks(int i, String word) {
        switch (word) {
            case "modelcheckpoint", "checkpoint", "checkpoints" -> {
                // `resumed from a checkpoint` writes none.
                boolean read = text.at(i - 1).is("from") || text.at(i - 2).is("from") && text.at(i - 1).is("a", "the");
                if (!read) facts.put(FactKey.CHECKPOINT, monitor(i));
            }
            case "earlystopping", "early-stopping", "early_stopping" -> facts.put(FactKey.EARLY_STOPPING, monitor(i));
            case "reducelronplateau", "reduce_lr", "reduce-lr" -> facts.put(FactKey.REDUCE_LR, monitor(i));
            case "early" -> {
                if (text.at(i + 1).is("stopping", "stop") && !text.negated(i))
                    facts.put(FactKey.EARLY_STOPPING, monitor(i));
            }
            default -> {
                // No callback.
            }
        }
    }

    private MonitorFact monitor(int i) {
        Optional<String> monitor = Optional.of("val_loss");
        OptionalLong patience = OptionalLong.empty();
        OptionalDouble factor = OptionalDouble.empty();
        boolean bestOnly = false;
        int depth = 0;
        int end = i;
        for (int k = i + 1; k < Math.min(text.size(), i + 60); k++) {
            var token = text.at(k);
            if (token.is("(")) depth++;
            if (token.is(")")) {
                depth--;
                end = k;
                if (depth <= 0) break;
            }
            if (depth == 0 && token.is(";", "|")) break;
            end = k;
            if (token.text().startsWith("val_") || token.is("acc", "accuracy", "loss")
                    && text.at(k - 1).is("=", "'", "\"", "(", "on", "monitor", "best", "monitoring")) {
                monitor = Optional.of(token.text());
            }
            int value = text.at(k + 1).is("=", ":") ? k + 2 : k + 1;
            if (token.is("patience") && text.at(value).whole() >= 0) patience = OptionalLong.of(text.at(value).whole());
            if (token.is("patience") && text.at(k - 1).whole() >= 0 && text.at(k - 2).is("with", "a", "of"))
                patience = OptionalLong.of(text.at(k - 1).whole());
            if (token.is("factor") && text.at(value).isNumber()) factor = OptionalDouble.of(text.at(value).number());
            if (token.is("save_best_only") && !text.at(value).is("false")) bestOnly = true;
            if (token.is("best-only", "best_only") || token.is("best") && !text.at(k + 1).is("=")) bestOnly = true;
        }
        if (text.at(i - 1).is("best-only", "best", "best_only")) bestOnly = true;
        return new MonitorFact(monitor, patience, factor, bestOnly,
                FactsBuilder.shortened(text.line().substring(text.at(i).start(), text.at(end).end())));
    }
}
