package narwhal.history.facts;

import java.util.Optional;
import java.util.OptionalDouble;

/// How a sentence says that the weights are changed: optimizer, rate, momentum, decay, schedule, clipping.
final class OptimizerText {
    /// Names of the learning rate.
    private static final String[] RATES = {"lr", "learning_rate", "learning-rate", "init_lr", "base_lr", "initial_lr",
        "learningrate", "lrate", "max_lr", "lr_max", "learnrate"};

    private final Sentence text;
    private final FactsBuilder facts;

    OptimizerText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        var word = text.at(i).text();
        var optimizer = name(i);
        if (optimizer.isPresent()) {
            optimizer(i, optimizer.get());
            return;
        }
        boolean rate = text.at(i).is(RATES) && !text.at(i - 1).is("default")
                || text.at(i).is("learning") && text.at(i + 1).is("rate", "rates")
                || text.at(i).is("eta") && text.at(i + 1).is("=")
                || text.at(i).is("l") && text.at(i - 1).is("-") && text.at(i + 1).isNumber();
        if (rate) {
            int k = text.numberAfter(text.at(i).is("learning") ? i + 1 : i, 5);
            if (k > 0 && text.at(k).number() >= 0 && text.at(k).number() <= 100
                    && !text.at(k + 1).is("epochs", "times", "x", "%", "epoch"))
                facts.rate(text.at(k).number());
        }
        if (text.at(i).is("momentum")) {
            int k = text.numberAfter(i, 4);
            // `0.9 momentum`
            if (k < 0 && text.at(i - 1).isNumber()) k = i - 1;
            if (k >= 0 && text.at(k).number() <= 1) {
                boolean norm = NetworkText.isNear(text, i) || ofBatchNorm(i);
                double value = text.at(k).number();
                // PyTorch's momentum is the share of the new value, Keras' that of the old.
                boolean torch = text.near(i, 12, "batchnorm1d", "batchnorm2d", "batchnorm3d");
                if (norm) facts.put(FactKey.BATCH_NORM_MOMENTUM, torch ? 1 - value : value);
                else
                    facts.put(FactKey.MOMENTUM, value);
            }
        }
        if (text.at(i).is("decay") && text.at(i - 1).is("weight") || text.at(i).is("weight_decay", "l2")) {
            int k = text.numberAfter(i, 4);
            if (k > 0 && text.at(k).number() < 10) facts.put(FactKey.L2, text.at(k).number());
            else if (text.negated(text.at(i).is("decay") ? i - 1 : i)) facts.put(FactKey.L2, 0.0);
        }
        schedules(i, word);
    }

    private void optimizer(int i, String name) {
        OptionalDouble rate = OptionalDouble.empty();
        OptionalDouble momentum = OptionalDouble.empty();
        int depth = 0;
        for (int k = i + 1; k < Math.min(text.size(), i + 24); k++) {
            var token = text.at(k);
            if (token.is("(")) depth++;
            if (token.is(")")) {
                if (--depth <= 0) break;
            }
            if (depth == 0 && token.is(";", "|", ".") || depth == 0 && token.is(",", "/", "+") && k > i + 1) break;
            // `lr=rates[0]` takes one of several.
            if (!token.isNumber() || token.number() < 0 || text.at(k - 1).is("[")) continue;
            var before = text.at(k - 1).is("=", ":", "~", "of") ? text.at(k - 2) : text.at(k - 1);
            boolean counts = text.at(k + 1).is("epochs", "steps", "images", "classes", "epoch", "layers", "blocks", "x",
                    "%",
                    "batches", "runs");
            if (before.is("momentum", "nesterov")) momentum = OptionalDouble.of(token.number());
            else if (before.is("decay", "weight_decay", "rho", "beta_1", "beta_2", "epsilon", "eps", "clipnorm",
                    "clipvalue", "betas", "beta", "alpha",
                    "global_clipnorm", "patience", "factor", "batch", "size", "batch_size"))
                continue;
            // `RMSprop, lr_rate_mult 0.73` names something else.
            else if (before.isWord() && before.text().contains("_") && !before.is(RATES))
                continue;
            else if (rate.isEmpty() && !counts && token.number() <= 10
                    && (token.number() != Math.rint(token.number()) || token.number() <= 2
                            || before.is("lr", "learning_rate", "rate"))) {
                if (token.whole() > 0 && !before.is("lr", "learning_rate", "rate", "(", "default") && k > i + 1)
                    continue;
                rate = OptionalDouble.of(token.number());
            }
        }
        facts.optimizer(name, rate, momentum);
    }

    private void schedules(int i, String word) {
        boolean schedule = text.at(i).is("schedule", "scheduler", "cosine", "learningratescheduler", "steplr",
                "multisteplr", "exponentiallr", "warmup", "annealing", "cosineannealinglr", "onecyclelr")
                || text.at(i).is("decay") && text.at(i - 1).is("rate", "lr", "step", "exponential", "linear")
                || text.at(i).is("halves", "halved", "annealed") && text.near(i, 4, "lr", "rate", "sgd");
        if (schedule) {
            if (text.negated(i)) facts.put(FactKey.SCHEDULE, "none");
            else
                facts.put(FactKey.SCHEDULE, text.phrase(i));
        }
        if (text.at(i).is("constant") && (text.at(i + 1).is("learning", "lr", "rate")))
            facts.put(FactKey.SCHEDULE, "none");
        boolean clip = text.at(i).is("clipping", "clipnorm", "clipvalue", "clip", "clipped", "clip_grad_norm_",
                "global_clipnorm");
        if (clip && (word.length() > 4 || text.near(i, 2, "gradient", "gradients", "norm")
                || text.at(i + 1).isNumber())) {
            facts.put(FactKey.CLIPPING,
                    text.negated(i) || text.at(i - 2).is("no", "without") ? "none" : text.phrase(i));
        }
    }

    /// Whether the last thing named before a momentum, of those that have one, is a batch normalisation.
    private boolean ofBatchNorm(int i) {
        for (int k = i - 1; k >= 0; k--) {
            if (NetworkText.isBatchNorm(text, k)) return true;
            if (name(k).isPresent()) return false;
        }
        return false;
    }

    private Optional<String> name(int i) {
        boolean descent = text.at(i).is("gradient") && text.at(i + 1).is("descent");
        return descent ? Optional.of("sgd") : Optimizers.name(text.at(i).text());
    }
}
