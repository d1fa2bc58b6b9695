package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import narwhal.doctor.Case;
import narwhal.doctor.Say;
import narwhal.history.facts.FactKey;
import narwhal.history.facts.Layers;

/// A last layer and a loss that do not belong together, as stated.
///
/// @param what the pair
/// @param why it does not work
/// @param remedy in the user's words
/// @param isMild whether it is slow rather than wrong
record StatedHead(String what, String why, String remedy, boolean isMild) {
    /// Squares near the target, distances far from it.
    private static final Set<String> BETWEEN = Set.of("logcosh", "huber", "huber_loss", "smoothl1loss");

    /// The first row of the table that is stated.
    static Optional<StatedHead> of(Case run) {
        var pair = Pair.of(run);
        return pair.softmaxOverOneUnit().or(pair::softmaxForSeveralLabels).or(pair::sigmoidsForOneOfMany)
                .or(pair::softmaxJudgedByUnit).or(pair::otherClassMode).or(pair::noOutputLayer)
                .or(pair::classesOverOneUnit).or(pair::logitsAsProbabilities).or(pair::noLogarithms)
                .or(pair::noProbabilities).or(pair::boundedOutput).or(pair::squashedTwice)
                .or(pair::distanceOfClasses);
    }

    /// What is stated of the last layer and the loss; each method is a row of the table of what does not fit.
    private record Pair(Case run, String head, long units, String loss) {
        static Pair of(Case run) {
            var head = activation(run);
            long units = run.facts().value(FactKey.OUTPUT_UNITS).orElseGet(() -> unitsOf(head, run));
            return new Pair(run, head, units, run.facts().value(FactKey.LOSS).orElse(""));
        }

        Optional<StatedHead> softmaxOverOneUnit() {
            if (units != 1 || !head.equals("softmax") && !head.equals("log_softmax")) return Optional.empty();
            return wrong(head + " over 1 unit is always " + (head.equals("softmax") ? 1 : 0),
                    "the output cannot change",
                    HeadLossMismatch.ONE_OUTPUT);
        }

        Optional<StatedHead> softmaxForSeveralLabels() {
            if (!head.equals("softmax") || !run.facts().value(FactKey.MULTI_LABEL).orElse(false))
                return Optional.empty();
            return wrong("softmax outputs for several labels at once", "outputs add up to 1, targets do not",
                    "activation='sigmoid' with binary_crossentropy");
        }

        Optional<StatedHead> sigmoidsForOneOfMany() {
            if (!head.equals("sigmoid") || !loss.endsWith("categorical_crossentropy")) return Optional.empty();
            return wrong("sigmoid outputs with " + loss,
                    "the loss only looks at the right class; outputs drift to 1", "activation='softmax' with " + loss);
        }

        Optional<StatedHead> softmaxJudgedByUnit() {
            // Of two units each judgement says what the other does, and old Keras takes labels of no other shape.
            boolean alike = units == 2 && run.isOldKeras();
            if (!head.equals("softmax") || !loss.equals("binary_crossentropy") || units < 2 || alike)
                return Optional.empty();
            return wrong(Say.format("softmax over %d units with binary_crossentropy", units),
                    "each unit is judged by itself, and accuracy counts units",
                    "categorical_crossentropy (one-hot) or sparse_categorical_crossentropy (ids)");
        }

        Optional<StatedHead> otherClassMode() {
            var mode = run.facts().value(FactKey.CLASS_MODE).orElse("");
            if (mode.equals("categorical") && units == 1) {
                return wrong("class_mode='categorical' with one output unit", "labels and output differ in shape",
                        "class_mode='binary' with Dense(1, sigmoid), or Dense(C, softmax)");
            }
            if (!mode.equals("binary") || units <= 1) return Optional.empty();
            return wrong(Say.format("class_mode='binary' with %d output units", units),
                    "labels and output differ in shape", "class_mode='categorical', or Dense(1, sigmoid)");
        }

        Optional<StatedHead> noOutputLayer() {
            if (!endsFlat(run) || !run.statesCrossEntropy().orElse(false)) return Optional.empty();
            return wrong("the network ends in Flatten, and " + loss + " takes one value for each class",
                    "raw values stand where probabilities of the classes should",
                    "Dense(C, activation='softmax') behind it");
        }

        Optional<StatedHead> classesOverOneUnit() {
            if (!loss.equals("categorical_crossentropy") || units != 1) return Optional.empty();
            return wrong("categorical_crossentropy over 1 unit", "the loss is 0 or constant",
                    HeadLossMismatch.ONE_OUTPUT);
        }

        Optional<StatedHead> logitsAsProbabilities() {
            var logits = run.facts().value(FactKey.FROM_LOGITS);
            if (!loss.endsWith("crossentropy") || !head.equals("linear") || logits.orElse(!run.isKeras()))
                return Optional.empty();
            return wrong("logits go into " + loss + " with from_logits=False"
                    + (logits.isPresent() ? "" : ", which is the default"),
                    "the loss clips them as if they were probabilities",
                    "from_logits=True, or activation='" + (loss.startsWith("binary") ? "sigmoid" : "softmax")
                            + "' in the last layer");
        }

        Optional<StatedHead> noLogarithms() {
            boolean negative = !run.loss().isEmpty() && run.loss().least() < -1.0001;
            boolean softmax = head.equals("softmax");
            if (!loss.equals("nll_loss") || !head.equals("linear") && !softmax && !negative) return Optional.empty();
            return wrong((softmax ? "probabilities" : "raw outputs")
                    + " go into NLLLoss, which takes logarithms of probabilities",
                    softmax ? "gradients are small" : "the loss has no floor: it falls as outputs grow",
                    HeadLossMismatch.LOGARITHMS);
        }

        Optional<StatedHead> noProbabilities() {
            if (!run.statesCrossEntropy().orElse(false) || !head.equals("relu") && !head.equals("tanh"))
                return Optional.empty();
            return wrong(head + " outputs with " + loss, "the outputs are no probabilities",
                    "softmax (or sigmoid for one unit)");
        }

        Optional<StatedHead> boundedOutput() {
            // Pixels are not below 0.
            boolean bounded = head.equals("sigmoid") || head.equals("softmax") || head.equals("tanh")
                    || head.equals("relu") && !isTargetInput();
            boolean shows = HeadLimit.beyondBound(run).isPresent()
                    || head.equals("relu") && !run.isClassification() && restsShort(run);
            if (!isDistance() || !bounded || !isContinuous() && !shows) return Optional.empty();
            return wrong("a bounded " + head + " output for a continuous target",
                    "targets beyond the bound cannot be reached", "a linear output: Dense(1)");
        }

        Optional<StatedHead> squashedTwice() {
            if (!StatedHead.squashedTwice(run)) return Optional.empty();
            return wrong(head + " outputs go into " + loss + " that takes raw ones (from_logits)",
                    head + " is applied twice, and gradients are small",
                    "no activation in the last layer, or from_logits=False");
        }

        Optional<StatedHead> distanceOfClasses() {
            boolean classes = run.isClassification() && !isContinuous() && !isTargetInput() && areClasses(run, head);
            if (!isDistance() || !classes) return Optional.empty();
            return Optional.of(new StatedHead(loss + " as the loss for classes",
                    "learning is slow where answers are surely wrong",
                    "categorical_crossentropy or binary_crossentropy", true));
        }

        private boolean isDistance() {
            return isSquared(run) || isAbsolute(run) || BETWEEN.contains(loss);
        }

        private boolean isContinuous() {
            return run.facts().value(FactKey.TARGET).filter("continuous"::equals).isPresent();
        }

        private boolean isTargetInput() {
            return run.facts().value(FactKey.TARGET).filter("inputs"::equals).isPresent();
        }

        private static Optional<StatedHead> wrong(String what, String why, String remedy) {
            return Optional.of(new StatedHead(what, why, remedy, false));
        }
    }

    /// Whether the last of all layers that a sentence or a script lists is a Flatten.
    private static boolean endsFlat(Case run) {
        return run.layers().filter(layers -> layers.values().size() >= 3)
                .filter(layers -> layers.values().getLast().kind().equals("Flatten")).isPresent()
                && !run.facts().has(FactKey.PRETRAINED);
    }

    /// Whether somebody says that there are classes: many outputs without an activation are as likely measurements.
    private static boolean areClasses(Case run, String head) {
        boolean squashed = head.equals("softmax") || head.equals("sigmoid");
        return run.classes().isPresent() && (squashed || run.statesClasses());
    }

    /// Whether such a pair makes a loss that is no number: class 1 of a single output, or outputs whose sum, by which they are divided, is 0 or
    /// below.
    static boolean makesNoNumber(Case run) {
        var loss = run.facts().value(FactKey.LOSS).orElse("");
        boolean outside = loss.startsWith("sparse")
                && run.facts().value(FactKey.OUTPUT_UNITS).filter(n -> n == 1).isPresent();
        boolean divided = activation(run).equals("relu") || activation(run).equals("tanh");
        // Raw outputs under NLLLoss grow without end.
        boolean endless = loss.equals("nll_loss") && activation(run).equals("linear");
        return outside || endless || loss.endsWith("crossentropy") && divided;
    }

    /// Outputs of a softmax or sigmoid go into a cross-entropy that applies it again.
    static boolean squashedTwice(Case run) {
        var head = activation(run);
        return run.facts().value(FactKey.LOSS).filter(loss -> loss.endsWith("crossentropy")).isPresent()
                && run.facts().value(FactKey.FROM_LOGITS).orElse(false)
                && (head.equals("softmax") || head.equals("sigmoid"));
    }

    /// Less than half of the way that there is.
    static boolean restsShort(Case run) {
        var accuracy = run.accuracy();
        if (accuracy.isEmpty()) {
            double left = run.loss().late().median() / run.loss().first();
            return run.loss().size() >= 5 && (left > 0.5 || left > 0.25 && run.loss().late().relativeRange() < 0.05);
        }
        double chance = run.chance().orElse(0);
        return accuracy.size() >= 5 && accuracy.most() < chance + (1 - chance) / 2;
    }

    static boolean isSquared(Case run) {
        return run.facts().value(FactKey.LOSS).filter(loss -> loss.startsWith("mean_squared") || loss.equals("mse"))
                .isPresent();
    }

    static boolean isAbsolute(Case run) {
        return run.facts().value(FactKey.LOSS).filter(loss -> loss.startsWith("mean_absolute") || loss.equals("mae"))
                .isPresent();
    }

    static String activation(Case run) {
        return run.facts().value(FactKey.OUTPUT_ACTIVATION).orElse("");
    }

    /// The units of the last stated layer, if it is the one with the activation of the output.
    private static long unitsOf(String head, Case run) {
        return run.layers().map(Layers::values).filter(values -> !values.isEmpty()).map(List::getLast)
                .filter(layer -> !head.isEmpty() && layer.activation().filter(head::equals).isPresent())
                .map(layer -> layer.units().orElse(0)).orElse(0L);
    }
}
