package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
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
    private static final double SIGMOID_TWICE = Math.log1p(Math.exp(-1));
    /// The mean of that and of ln 2, which is the least where the answer is no.
    private static final double HALF_OF_EACH = (SIGMOID_TWICE + Math.log(2)) / 2;

    /// The first pair of the table that is stated.
    static Optional<StatedHead> of(Case run) {
        var facts = run.facts();
        var loss = facts.value(FactKey.LOSS).orElse("");
        var head = activation(run);
        long units = facts.value(FactKey.OUTPUT_UNITS).orElseGet(() -> unitsOf(head, run));
        var mode = facts.value(FactKey.CLASS_MODE).orElse("");
        boolean continuous = facts.value(FactKey.TARGET).filter("continuous"::equals).isPresent();
        boolean distance = isSquared(run) || isAbsolute(run);
        boolean softmax = head.equals("softmax") || head.equals("log_softmax");
        if (softmax && units == 1) {
            return Optional.of(new StatedHead(head + " over 1 unit is always " + (head.equals("softmax") ? 1 : 0),
                    "the output cannot change",
                    "Dense(1, activation='sigmoid') with binary_crossentropy", false));
        }
        if (head.equals("softmax") && facts.value(FactKey.MULTI_LABEL).orElse(false)) {
            return Optional.of(new StatedHead("softmax outputs for several labels at once",
                    "outputs add up to 1, targets do not", "activation='sigmoid' with binary_crossentropy", false));
        }
        if (head.equals("sigmoid") && loss.endsWith("categorical_crossentropy")) {
            return Optional.of(new StatedHead("sigmoid outputs with " + loss,
                    "the loss only looks at the right class; outputs drift to 1", "activation='softmax' with " + loss,
                    false));
        }
        // Of two units each judgement says what the other does, and old Keras takes labels of no other shape.
        boolean alike = units == 2 && run.isOldKeras();
        if (head.equals("softmax") && loss.equals("binary_crossentropy") && units >= 2 && !alike) {
            return Optional.of(new StatedHead(Say.format("softmax over %d units with binary_crossentropy", units),
                    "each unit is judged by itself, and accuracy counts units",
                    "categorical_crossentropy (one-hot) or sparse_categorical_crossentropy (ids)", false));
        }
        if (mode.equals("categorical") && units == 1) {
            return Optional
                    .of(new StatedHead("class_mode='categorical' with one output unit",
                            "labels and output differ in shape",
                            "class_mode='binary' with Dense(1, sigmoid), or Dense(C, softmax)", false));
        }
        if (mode.equals("binary") && units > 1) {
            return Optional.of(new StatedHead(Say.format("class_mode='binary' with %d output units", units),
                    "labels and output differ in shape", "class_mode='categorical', or Dense(1, sigmoid)", false));
        }
        if (endsFlat(run) && run.statesCrossEntropy().orElse(false)) {
            return Optional
                    .of(new StatedHead("the network ends in Flatten, and " + loss + " takes one value for each class",
                            "raw values stand where probabilities of the classes should",
                            "Dense(C, activation='softmax') behind it",
                            false));
        }
        if (loss.equals("categorical_crossentropy") && units == 1) {
            return Optional.of(new StatedHead("categorical_crossentropy over 1 unit", "the loss is 0 or constant",
                    "Dense(1, activation='sigmoid') with binary_crossentropy", false));
        }
        var logits = facts.value(FactKey.FROM_LOGITS);
        if (loss.endsWith("crossentropy") && head.equals("linear") && !logits.orElse(!run.isKeras())) {
            return Optional.of(new StatedHead("logits go into " + loss + " with from_logits=False"
                    + (logits.isPresent() ? "" : ", which is the default"),
                    "the loss clips them as if they were probabilities",
                    "from_logits=True, or activation='" + (loss.startsWith("binary") ? "sigmoid" : "softmax")
                            + "' in the last layer",
                    false));
        }
        boolean negative = !run.loss().isEmpty() && run.loss().least() < -1.0001;
        if (loss.equals("nll_loss") && (head.equals("linear") || head.equals("softmax") || negative)) {
            return Optional.of(new StatedHead(
                    (head.equals("softmax") ? "probabilities" : "raw outputs")
                            + " go into NLLLoss, which takes logarithms of probabilities",
                    !head.equals("softmax") ? "the loss has no floor: it falls as outputs grow" : "gradients are small",
                    "nn.LogSoftmax(dim=1) before NLLLoss, or raw outputs into CrossEntropyLoss", false));
        }
        if (run.statesCrossEntropy().orElse(false) && (head.equals("relu") || head.equals("tanh"))) {
            return Optional.of(new StatedHead(head + " outputs with " + loss, "the outputs are no probabilities",
                    "softmax (or sigmoid for one unit)", false));
        }
        boolean itself = facts.value(FactKey.TARGET).filter("inputs"::equals).isPresent();
        // Pixels are not below 0.
        boolean bounded = head.equals("sigmoid") || head.equals("softmax") || head.equals("tanh")
                || head.equals("relu") && !itself;
        boolean shows = beyondBound(run).isPresent()
                || head.equals("relu") && !run.isClassification() && restsShort(run);
        if (distance && bounded && (continuous || shows)) {
            return Optional.of(new StatedHead("a bounded " + head + " output for a continuous target",
                    "targets beyond the bound cannot be reached", "a linear output: Dense(1)", false));
        }
        if (squashedTwice(run)) {
            return Optional.of(new StatedHead(head + " outputs go into " + loss + " that takes raw ones (from_logits)",
                    head + " is applied twice, and gradients are small",
                    "no activation in the last layer, or from_logits=False", false));
        }
        if (distance && run.isClassification() && !continuous && !itself && areClasses(run, head)) {
            return Optional
                    .of(new StatedHead(loss + " as the loss for classes",
                            "learning is slow where answers are surely wrong",
                            "categorical_crossentropy or binary_crossentropy", true));
        }
        return Optional.empty();
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

    /// Whether such a pair makes a loss that is no number: class 1 of a single output, or nothing but zeros that are divided by their sum.
    static boolean makesNoNumber(Case run) {
        var loss = run.facts().value(FactKey.LOSS).orElse("");
        boolean outside = loss.startsWith("sparse")
                && run.facts().value(FactKey.OUTPUT_UNITS).filter(n -> n == 1).isPresent();
        return outside || loss.endsWith("crossentropy") && activation(run).equals("relu");
    }

    /// Outputs of a softmax or sigmoid go into a cross-entropy that applies it again.
    static boolean squashedTwice(Case run) {
        var head = activation(run);
        return run.facts().value(FactKey.LOSS).filter(loss -> loss.endsWith("crossentropy")).isPresent()
                && run.facts().value(FactKey.FROM_LOGITS).orElse(false)
                && (head.equals("softmax") || head.equals("sigmoid"));
    }

    /// A loss that such a pair cannot get below, seen in the log.
    static Optional<Evidence> limit(Case run) {
        return beyondBound(run).or(() -> sigmoidTwice(run)).or(() -> softmaxTwice(run))
                .or(() -> softmaxOfSigmoids(run));
    }

    /// A softmax of a softmax gives the right one of k classes 1 / (1 + (k − 1)/e) at most.
    private static Optional<Evidence> softmaxTwice(Case run) {
        boolean training = !run.loss().isEmpty() && !run.accuracy().isEmpty();
        var loss = training ? run.loss() : run.rawValidationLoss();
        var accuracy = training ? run.accuracy() : run.rawValidationAccuracy();
        var classes = run.classes();
        if (!squashedTwice(run) || !activation(run).equals("softmax") || classes.isEmpty() || loss.size() < 3
                || accuracy.isEmpty() || accuracy.late().median() < 0.85) {
            return Optional.empty();
        }
        double least = SoftmaxTwice.constant(classes.get().value());
        if (loss.tail(3).least() < least) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "%s loss %s with %s right: ln(1 + %d/e) = %.4f is the least that a softmax of a softmax can have",
                training ? "training" : "validation", Say.value(loss.last()), Say.percent(accuracy.last()),
                classes.get().value() - 1, least)));
    }

    /// A softmax of outputs in 0…1 over k classes costs ln(1 + (k − 1)/e) at least: training comes near that, and not below, though most
    /// answers are right.
    private static Optional<Evidence> softmaxOfSigmoids(Case run) {
        var loss = run.loss();
        var classes = run.facts().value(FactKey.OUTPUT_UNITS).filter(units -> units > 2);
        boolean stated = activation(run).equals("sigmoid") && run.facts().value(FactKey.FROM_LOGITS).orElse(false)
                && run.facts().value(FactKey.LOSS).filter(name -> name.endsWith("categorical_crossentropy"))
                        .isPresent();
        if (!stated || classes.isEmpty() || loss.size() < 8 || run.accuracy().isEmpty()) return Optional.empty();
        double least = SoftmaxTwice.constant(classes.get());
        boolean near = loss.least() > least && loss.late().median() < least + 0.35;
        if (!near || run.accuracy().late().median() < 0.6) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "training loss %s with %s right: ln(1 + %d/e) = %.4f is the least that a softmax of outputs in 0…1 can have",
                Say.value(loss.last()), Say.percent(run.accuracy().last()), classes.get() - 1, least)));
    }

    /// Outputs within a bound cannot be further than that from targets within it.
    private static Optional<Evidence> beyondBound(Case run) {
        var head = activation(run);
        double most = switch (head) {
            case "sigmoid", "softmax" -> 1;
            case "tanh" -> isSquared(run) ? 4 : 2;
            default -> Double.POSITIVE_INFINITY;
        };
        if (!isSquared(run) && !isAbsolute(run) || run.loss().isEmpty() || !(run.loss().least() > most))
            return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "a %s is never further than %.0f from targets within its bound, and the training loss is %s at least",
                head,
                isSquared(run) ? Math.sqrt(most) : most, Say.value(run.loss().least()))));
    }

    /// What a loss that takes logits makes of a sigmoid lies in 1/2…0.73, so no answer costs less than ln(1 + 1/e), be it never so right.
    private static Optional<Evidence> sigmoidTwice(Case run) {
        boolean stated = activation(run).equals("sigmoid") && run.facts().value(FactKey.FROM_LOGITS).orElse(false);
        var late = run.loss().late();
        if (stated && run.loss().size() >= 8 && late.least() > HALF_OF_EACH && late.most() < 1.04 * HALF_OF_EACH) {
            return Optional.of(new Evidence.Computed(Say.format(
                    "training loss rests at %s: a sigmoid of a sigmoid lies in 1/2…0.73, so it costs %.4f at least if both classes"
                            + " are as common",
                    Say.value(run.loss().last()), HALF_OF_EACH)));
        }
        if (!stated || run.loss().size() < 3 || run.accuracy().isEmpty() || run.accuracy().late().median() < 0.85
                || run.loss().tail(3).least() < SIGMOID_TWICE) {
            return Optional.empty();
        }
        return Optional.of(new Evidence.Computed(Say.format(
                "training loss %s with %s right: ln(1 + 1/e) = %.4f is the least that a sigmoid of a sigmoid can have",
                Say.value(run.loss().last()), Say.percent(run.accuracy().last()), SIGMOID_TWICE)));
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

    private static boolean isSquared(Case run) {
        return run.facts().value(FactKey.LOSS).filter(loss -> loss.startsWith("mean_squared") || loss.equals("mse"))
                .isPresent();
    }

    private static boolean isAbsolute(Case run) {
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
