package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

/// A loss that is clipped at a known bound, so that it is that bound times the share of wrong answers.
///
/// @param bound which of the known ones
/// @param what of the output, in a sentence
/// @param sign how it shows
record Saturation(Bound bound, String what, Sign sign) {
    private static final double NEAR = 0.005;
    private static final double NEARLY = 0.85;
    private static final int STILL_EPOCHS = 5;
    /// Shares of two small sets.
    private static final double ABOUT = 0.1;
    /// Half a unit of four decimals.
    static final double HALF = 5e-5;

    /// The most that a wrong answer can cost, by who clips.
    enum Bound {
        KERAS(16.1180957, true, "-ln 1e-7, Keras' epsilon"),
        KERAS_FLOAT(15.9423851, true, "-ln 1.19e-7, clipped at 1 - epsilon in float32"),
        KERAS_TWICE(15.4249485, true,
                "-ln 2e-7, where Keras' binary cross-entropy adds its epsilon to a clipped output"),
        KERAS_TWICE_FLOAT(15.3331913, true, "-ln 2.19e-7, the same at 1 - epsilon in float32"),
        OLD(34.5387764, false, "-ln 1e-15, an older epsilon"),
        SMALLEST(87.3365448, false, "-ln of the smallest float32"),
        PYTORCH(100, false, "the clamp of PyTorch's BCE loss");

        private final double cost;
        private final boolean keras;
        private final String words;

        Bound(double cost, boolean keras, String words) {
            this.cost = cost;
            this.keras = keras;
            this.words = words;
        }

        double cost() {
            return cost;
        }

        /// Where it comes from.
        String words() {
            return words;
        }

        /// Whether it is one of Keras' own.
        boolean isKeras() {
            return keras;
        }
    }

    static Optional<Saturation> of(Case run) {
        return throughout("training", run.loss(), run.accuracy()).or(() -> twice(run))
                .or(() -> throughout("validation", run.rawValidationLoss(), run.rawValidationAccuracy()))
                .or(() -> nearly(run)).or(() -> atLast(run)).or(() -> atTheClamp(run))
                .or(() -> WholeErrors.of(run).map(WholeErrors::saturation)).or(() -> allSurelyWrong(run));
    }

    /// Whether training has been so from the first epoch on: then no step of training led there.
    static boolean fromTheStart(Case run) {
        return Arrays.stream(Bound.values()).anyMatch(bound -> !run.loss().isEmpty()
                && standing(run.loss(), run.accuracy(), bound) == run.loss().size() && run.loss().size() >= 3);
    }

    /// The last three epochs or more.
    private static Optional<Saturation> throughout(String role, Curve loss, Curve accuracy) {
        var costs = costs(loss, accuracy);
        for (var bound : Bound.values()) {
            int epochs = standing(loss, accuracy, bound);
            if (epochs < 3) continue;
            double ratio = Arrays.stream(costs).skip(costs.length - (long) epochs)
                    .average()
                    .orElseThrow();
            return Optional.of(new Saturation(bound,
                    "The output is stuck at 0 or 1: the loss is a constant times the wrong answers",
                    new Sign(Grounds.LEVEL, Math.min(10, 3.0 * epochs), new Evidence.Computed(Say.format(
                            "%s loss / (1 - accuracy) = %.2f in %d epochs: %s; accuracy %.4f is the share of the one class that is"
                                    + " always answered",
                            role, ratio, epochs, bound.words, accuracy.last())))));
        }
        return Optional.empty();
    }

    /// Two epochs are all that there is, and both lie at a bound to the last digit.
    private static Optional<Saturation> twice(Case run) {
        var loss = run.loss();
        if (loss.size() != 2 || run.accuracy().size() != 2 || loss.relativeRange() > 0) return Optional.empty();
        return Arrays.stream(Bound.values()).filter(bound -> isExact(loss, run.accuracy(), bound)).findFirst()
                .map(bound -> new Saturation(bound,
                        "The output is stuck at 0 or 1: the loss is a constant times the wrong answers",
                        new Sign(Grounds.LEVEL, 6, new Evidence.Computed(Say.format(
                                "training loss %.4f / (1 - %.4f) = %.3f in both epochs: %s", loss.last(),
                                run.accuracy().last(), loss.last() / (1 - run.accuracy().last()), bound.words)))));
    }

    /// In how many epochs at the end a wrong answer costs a bound.
    private static int standing(Curve loss, Curve accuracy, Bound bound) {
        var costs = costs(loss, accuracy);
        var rates = accuracy.on(loss);
        int epochs = 0;
        for (int i = costs.length - 1; i >= 0 && rates.value(i) < 0.995; i--, epochs++) {
            if (Math.abs(costs[i] / bound.cost - 1) > NEAR) break;
        }
        return epochs;
    }

    /// Most wrong answers cost nearly what the bound allows, on both sides and throughout: a network that doubts pays a few nats.
    private static Optional<Saturation> nearly(Case run) {
        var training = costs(run.loss(), run.accuracy());
        var validation = costs(run.rawValidationLoss(), run.rawValidationAccuracy());
        // Where nearly all is right, the few wrong answers may well be sure ones.
        if (training.length < 2 || validation.length < 2 || run.accuracy().last() > 0.7) return Optional.empty();
        double least = Math.min(Arrays.stream(training).min().orElseThrow(),
                Arrays.stream(validation).min().orElseThrow());
        double most = Math.max(Arrays.stream(training).max().orElseThrow(),
                Arrays.stream(validation).max().orElseThrow());
        var bound = Bound.KERAS;
        if (least < NEARLY * bound.cost || most > (1 + NEAR) * bound.cost) return Optional.empty();
        return Optional.of(new Saturation(bound,
                "Most outputs are stuck at 0 or 1: a wrong answer costs nearly all that the loss allows",
                new Sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "loss / (1 - accuracy) is %.1f to %.1f in %d values of training and validation; the bound is %.2f, %s",
                        least, most, training.length + validation.length, bound.cost, bound.words)))));
    }

    /// The last two evaluations lie at a bound to the last digit, though the epochs before did not.
    private static Optional<Saturation> atLast(Case run) {
        var loss = run.rawValidationLoss().on(run.rawValidationAccuracy()).tail(2);
        var accuracy = run.rawValidationAccuracy().on(loss);
        if (loss.size() < 2 || accuracy.size() < 2 || run.learning().gotAnywhere()) return Optional.empty();
        return Arrays.stream(Bound.values()).filter(bound -> isExact(loss, accuracy, bound)).findFirst()
                .map(bound -> new Saturation(bound,
                        "The output got stuck at 0 or 1: the loss is a constant times the wrong answers",
                        new Sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                                "validation loss %s / (1 - %.4f) = %.3f in the last two epochs: %s",
                                Say.value(loss.last()),
                                accuracy.last(), bound.cost, bound.words)))));
    }

    /// PyTorch's loss of two classes stands still to the last digit at a hundred times a share of wrong answers, and validation, which is
    /// another set, has about that share, to the last digit as well.
    private static Optional<Saturation> atTheClamp(Case run) {
        var loss = run.loss();
        var accuracy = run.rawValidationAccuracy();
        if (run.isKeras() || loss.size() < STILL_EPOCHS || accuracy.size() != loss.size()) return Optional.empty();
        boolean still = FrozenWeights.isStill(loss, accuracy);
        double share = loss.last() / Bound.PYTORCH.cost;
        double wrong = 1 - accuracy.last();
        if (!still || share < 0.1 || share > 0.9 || Math.abs(share - wrong) > ABOUT) return Optional.empty();
        return Optional.of(new Saturation(Bound.PYTORCH,
                "The output is stuck at 0 or 1: the loss is a constant times the wrong answers",
                new Sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                        "training loss %s in all %d epochs is 100 times %.3f, and %.3f of validation is wrong: 100 is what %s makes of a"
                                + " sure wrong answer",
                        Say.value(loss.last()), loss.size(), share, wrong, Bound.PYTORCH.words)))));
    }

    /// Caffe cuts a softmax at the smallest float32: a loss of just that is the one of answers that are all surely wrong.
    private static Optional<Saturation> allSurelyWrong(Case run) {
        var loss = run.loss();
        long cut = Arrays.stream(loss.values()).filter(value -> Math.abs(value - Bound.SMALLEST.cost) < 1.5 * HALF)
                .count();
        if (cut < 3 || Math.abs(loss.last() - Bound.SMALLEST.cost) > 1.5 * HALF) return Optional.empty();
        return Optional.of(new Saturation(Bound.SMALLEST, "The output is stuck: all answers are surely wrong",
                new Sign(Grounds.LEVEL, 9, new Evidence.Printed(Say.format(
                        "the loss is %.4f in %d of %d values: %s", loss.last(), cut, loss.size(),
                        Bound.SMALLEST.words)))));
    }

    private static boolean isExact(Curve loss, Curve accuracy, Bound bound) {
        for (int i = 0; i < loss.size(); i++) {
            double wrong = 1 - accuracy.value(i);
            if (wrong < 0.2 || Math.abs(loss.value(i) - bound.cost * wrong) > 1.1 * HALF * (1 + bound.cost))
                return false;
        }
        return true;
    }

    /// What a wrong answer costs in each epoch.
    private static double[] costs(Curve loss, Curve accuracy) {
        var both = loss.on(accuracy);
        var rates = accuracy.on(loss);
        // An epoch that was printed twice may have only one of them twice.
        var costs = new double[Math.min(both.size(), rates.size())];
        for (int i = 0; i < costs.length; i++) costs[i] = both.value(i) / Math.max(1e-9, 1 - rates.value(i));
        return costs;
    }
}
