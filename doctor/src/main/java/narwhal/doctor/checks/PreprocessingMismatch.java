package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.Robust;
import narwhal.history.facts.FactKey;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Metric;

/// Training and validation images are prepared differently: training is good, validation at chance from the first epoch on.
final class PreprocessingMismatch implements Check {
    private static final Pattern VAGUE = Pattern.compile("(?i)\\b(?:rescal|normali[sz]|scaled|divided|standardi[sz])");
    private static final Pattern DENIED = Pattern.compile("(?i)\\b(?:not|no|without|never|un)\\b");
    private static final double BEHIND = 0.08;
    private static final double GOOD = 0.85;
    /// Nats for each wrong answer; a network that has overfitted stays below.
    private static final double SURE = 30;

    @Override
    public Illness illness() {
        return Illness.PREPROCESSING_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var recipes = recipes(run);
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "Validation images are prepared differently from training images");
        var at = AtChance.of(run);
        boolean level = at.isPresent() && at.get().trained() > GOOD && !at.get().below();
        var scale = scale(run);
        var apart = apart(run);
        var accuracies = level || at.isPresent() && at.get().below() ? Optional.<Apart>empty() : Apart.of(run);
        if (!level && recipes.isEmpty() && scale.isEmpty() && apart.isEmpty() && accuracies.isEmpty())
            return closing(run);
        suspicion = suspicion.sign(apart);
        if (accuracies.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                    "validation accuracy %.3f beside %.3f in the first epoch, when all images are new to training, too; never"
                            + " above %.3f since",
                    accuracies.get().validation(), accuracies.get().training(), accuracies.get().most())));
        }
        if (level && isTiny(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, -6, new Evidence.Computed(
                    "so few training images can be known by heart without a clue for others"));
        }
        if (level && LabelNoise.learnedByHeart(run).isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, -10, new Evidence.Computed(
                    "training leaves guessing slowly: what its images have in common with others would be learned soon"));
        }
        // The same answer to all validation images from then on is none that learning by heart would give.
        boolean changes = run.rawValidationAccuracy().frozenAtEnd() < 5;
        boolean agreed = level && at.get().agreedEarly().orElse(false);
        if (agreed && (run.classes().isEmpty() && changes || hopeless(run) || AtChance.beganGuessing(run))) {
            suspicion = suspicion.sign(Grounds.SHAPE, hopeless(run) && AtChance.beganGuessing(run) ? -5 : -3,
                    new Evidence.Computed(
                            "both sides agreed while training knew nothing, as they do when images are learned by heart"));
            if (hopeless(run) && AtChance.beganGuessing(run)) {
                suspicion = suspicion.sign(Grounds.LEVEL, -5, new Evidence.Printed(
                        "training itself hardly beat guessing in its first epochs: what can be learned from other images is"
                                + " learned sooner"));
            }
        }
        suspicion = suspicion.sign(scale);
        boolean ownLoop = run.format().kind() == LogFormat.Kind.PRINTED;
        if (scale.isPresent() && ownLoop && maySum(run) && !level && recipes.isEmpty()) {
            suspicion = suspicion
                    .open("a loop of one's own may print a sum: is the validation loss divided by the images?");
        }
        if (level) {
            suspicion = suspicion.sign(Grounds.LEVEL, at.get().nats(), new Evidence.Printed(at.get().words()));
            if (at.get().lossWords().isPresent()) {
                suspicion = suspicion.note(new Evidence.Printed(at.get().lossWords().get()));
            }
        } else if (at.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 1, new Evidence.Printed(at.get().words()));
        }
        if (UnsteadyEvaluation.isFarAndErratic(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, -8, new Evidence.Computed(
                    "validation goes up and down by far more than chance makes: images that are prepared differently stay as they are"));
        }
        if (areAlike(run)) {
            suspicion = suspicion.sign(Grounds.STATED, -Grounds.STATED.cap(), new Evidence.Stated(
                    "both sides are prepared alike: "
                            + run.facts().value(FactKey.TRAINING_PREPROCESSING).orElseThrow()));
        }
        if (recipes.isPresent()) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(recipes.get()));
            if (isAsGood(run)) {
                suspicion = suspicion.sign(Grounds.SHAPE, -5, new Evidence.Printed(Say.format(
                        "validation accuracy %.3f late, training %.3f: nothing tells them apart",
                        run.rawValidationAccuracy().late().median(), run.accuracy().late().median())));
            } else if (behindFromTheStart(run)) {
                suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Printed(Say.format(
                        "validation accuracy %.3f beside %.3f in the first epoch, though it is scored at its end, and behind ever since",
                        run.rawValidationAccuracy().first(), run.accuracy().first())));
            }
        }
        return Optional.of(finish(suspicion.consequence(
                "class names in another order (class-order-mismatch) look the same in a log: compare class_indices")));
    }

    /// `validation only rescaled` does not say by how much.
    private static boolean isVague(String words, Recipe recipe) {
        return !recipe.rescales() && VAGUE.matcher(words).find() && !DENIED.matcher(words).find();
    }

    /// Validation that is as often right as training is prepared well enough.
    private static boolean isAsGood(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        return !training.isEmpty() && !validation.isEmpty() && training.late().median() > 0.6
                && validation.late().median() > training.late().median() - 0.02;
    }

    private static boolean behindFromTheStart(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        int size = Math.min(training.size(), validation.size());
        return size > 0 && IntStream.range(0, size).allMatch(i -> validation.value(i) < training.value(i) - BEHIND);
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion
                .remedy("one pipeline for both sides: the same rescaling, the same preprocess_input, the same channel order")
                .confirm(
                        "push 100 training images through the validation pipeline: accuracy must equal the training value");
    }

    /// Validation is good, and the evaluation behind the last epoch is absurdly sure of wrong answers.
    private Optional<Suspicion> closing(Case run) {
        var loss = run.tested(Metric.LOSS.name());
        var accuracy = run.tested(Metric.ACCURACY.name());
        if (loss.isEmpty() || accuracy.isEmpty() || run.rawValidationLoss().isEmpty()
                || run.rawValidationAccuracy().isEmpty())
            return Optional.empty();
        double ignorant = run.entropy().orElse(Math.log(2));
        double cost = cost(loss.get(), accuracy.get(), ignorant);
        double validation = run.rawValidationLoss().last();
        double held = run.rawValidationAccuracy().last();
        if (cost < SURE || cost < 10 * cost(validation, held, ignorant) || accuracy.get() > held - 0.1)
            return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The images of the last evaluation are prepared differently from those before")
                .sign(Grounds.LEVEL, 9, new Evidence.Printed(Say.format(
                        "loss %s and accuracy %.3f behind the last epoch, where validation has %s and %.3f: a wrong answer costs %s"
                                + " nats, and outputs that large come from inputs on another scale",
                        Say.value(loss.get()), accuracy.get(), Say.value(validation), held, Say.value(cost))))));
    }

    /// Without accuracies: validation costs many times what training costs, from the first epoch to the last the same, and training has
    /// no effect on it.
    private static Optional<Sign> apart(Case run) {
        var training = run.loss();
        var validation = run.rawValidationLoss();
        if (run.isClassification() || training.size() < 5 || validation.size() != training.size())
            return Optional.empty();
        if (training.last() > 0.6 * training.first() || validation.relativeRange() > 0.05) return Optional.empty();
        double times = validation.first() / training.first();
        if (training.last() <= 0 || times < 20) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 7, new Evidence.Computed(Say.format(
                "validation loss %s to %s, %.0f times the training loss in the first epoch and unmoved while that falls to %s",
                Say.value(validation.first()), Say.value(validation.last()), times, Say.value(training.last())))));
    }

    /// Fewer than 50 images a class.
    static boolean isTiny(Case run) {
        if (run.sizes().showsFewTrainingImages()) return true;
        return run.sizes().trainingImages().isPresent() && run.classes().isPresent()
                && run.sizes().trainingImages().get().value() < 50 * run.classes().get().value();
    }

    /// Guessing is often right: whoever learns by heart what cannot be learned ends there, too. Among many classes even poor images
    /// lift validation above it.
    private static boolean hopeless(Case run) {
        return run.chance().orElse(0) > 0.3;
    }

    /// What a wrong validation answer costs on average is how sure the network is of it, in nats. Inputs on another scale make outputs on
    /// another scale: the network may still be right, but where it is wrong it is absurdly sure, and it is so before training has
    /// made it sure of anything.
    private static Optional<Sign> scale(Case run) {
        var loss = run.rawValidationLoss();
        var accuracy = run.rawValidationAccuracy().on(loss);
        int size = Math.min(Math.min(loss.size(), accuracy.size()), Math.min(run.loss().size(), run.accuracy().size()));
        if (size < 3 || accuracy.size() != loss.size()) return Optional.empty();
        var costs = new double[size];
        double ignorant = Math.max(run.loss().first(), run.entropy().orElse(0));
        for (int i = 0; i < size; i++) costs[i] = cost(loss.value(i), accuracy.value(i), ignorant);
        double cost = Robust.median(costs);
        double training = run.loss().first() / Math.max(1e-3, 1 - run.accuracy().first());
        double soon = Arrays.stream(costs, 0, Math.max(1, size / 4)).max().orElse(0);
        if (cost < SURE || run.loss().late().median() > 1) return Optional.empty();
        // Images on another scale are not recognised as often as those of training.
        if (accuracy.late().median() > run.accuracy().late().median() - 0.02) return Optional.empty();
        boolean early = soon > Math.max(SURE, 5 * training) || costs[0] > 5 * training;
        double nats = 3 * Math.log(cost / SURE) + (early ? 3 : -3);
        if (run.batchNormalisation().orElse(false)) nats -= 3;
        return Optional.of(new Sign(Grounds.LEVEL, Math.clamp(nats, -10, 10), new Evidence.Computed(Say.format(
                "a wrong validation answer costs %s nats, up to %s early in the run, where a training one costs %s: outputs"
                        + " that large come from inputs on another scale",
                Say.value(cost), Say.value(soon), Say.value(training)))));
    }

    /// A sum over batches is so many times the mean in every epoch: while nobody knows anything, so many times the training loss.
    private static boolean maySum(Case run) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < Math.min(3, Math.min(run.loss().size(), run.rawValidationLoss().size())); i++) {
            double times = run.rawValidationLoss().value(i) / run.loss().value(i);
            least = Math.min(least, times);
            most = Math.max(most, times);
        }
        return most < 2 * least;
    }

    /// The least that wrong answers cost, for right ones cost no more than ignorance does.
    private static double cost(double loss, double accuracy, double ignorant) {
        return Math.max(0, loss - accuracy * ignorant) / Math.max(1e-3, 1 - accuracy);
    }

    private static boolean areAlike(Case run) {
        var training = run.facts().value(FactKey.TRAINING_PREPROCESSING).map(Recipe::of);
        return training.filter(Recipe::rescales).isPresent()
                && training.equals(run.facts().value(FactKey.VALIDATION_PREPROCESSING).map(Recipe::of));
    }

    private static Optional<String> recipes(Case run) {
        var training = run.facts().value(FactKey.TRAINING_PREPROCESSING);
        var validation = run.facts().value(FactKey.VALIDATION_PREPROCESSING);
        if (training.isEmpty() || validation.isEmpty()) return Optional.empty();
        var one = Recipe.of(training.get());
        var other = Recipe.of(validation.get());
        if (one.equals(other) || isVague(training.get(), one) || isVague(validation.get(), other))
            return Optional.empty();
        return Optional.of(Say.format("training: %s; validation: %s", one.words(), other.words()));
    }
}
