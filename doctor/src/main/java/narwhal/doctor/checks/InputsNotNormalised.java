package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.LogFormat;

/// Inputs are large and nothing rescales them: stated, or seen by what wrong answers cost from the first epoch on.
final class InputsNotNormalised implements Check {
    private static final int FEWEST = 5;
    private static final double LARGE = 10;
    /// No mean loss of a network that learns is that large.
    private static final double SUM = 20;
    private static final double BURST = 1e4;
    private static final double HUGE = 1e4;
    /// A network that is this sure of a wrong answer has outputs of that size, and no probability in float32 is as small.
    private static final double ABSURD = 20;

    @Override
    public Illness illness() {
        return Illness.INPUTS_NOT_NORMALISED;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (areTargets(run) && run.loss().least() < -1e-6) return Optional.of(beyondOne(run));
        var stated = stated(run);
        var large = large(run);
        if (large.isEmpty()) return stated;
        var suspicion = stated.orElseGet(() -> finish(
                Suspicion.of(illness(), Severity.WARNING,
                        "Inputs are large: outputs are, too, from the first epoch on")));
        return Optional.of(suspicion.sign(Grounds.LEVEL, 6, large.get()));
    }

    /// An autoencoder under cross-entropy with large inputs: they are its targets, which have to lie between 0 and 1.
    static boolean areTargets(Case run) {
        return run.facts().value(FactKey.TARGET).filter("inputs"::equals).isPresent()
                && run.statesCrossEntropy().orElse(false)
                && run.facts().value(FactKey.INPUT_RANGE).filter(range -> Recipe.largest(range) > 1).isPresent();
    }

    private static Suspicion beyondOne(Case run) {
        return finish(Suspicion.of(Illness.INPUTS_NOT_NORMALISED, Severity.ERROR,
                "Inputs are the targets of this network, and lie outside of 0 to 1")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "training loss down to %s: cross-entropy is negative only where targets are not between 0 and 1",
                        Say.value(run.loss().least())))));
    }

    /// Wrong answers cost many times what they cost a network of the usual size of outputs, most of all in the first epoch, on both
    /// sides, while it does learn: weights that blew up answer one class.
    private static Optional<Evidence> large(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < FEWEST || accuracy.size() != loss.size() || Rates.tooHigh(run) > 0) return Optional.empty();
        if (!run.statesCrossEntropy().orElse(true) || accuracy.most() > 1) return Optional.empty();
        // Of a few wrong answers nobody knows what they cost, and a loop of one's own may print a sum.
        boolean sum = run.format().kind() == LogFormat.Kind.PRINTED && loss.late().median() > SUM;
        if (accuracy.first() > 0.95 || sum) return Optional.empty();
        boolean better = accuracy.trend().rises(0.05)
                || accuracy.late().median() > run.chance().orElse(0.5) + 0.05;
        boolean learns = better && accuracy.most() - accuracy.least() > 0.02 && accuracy.most() > 0.05;
        long absurd = IntStream.range(0, loss.size()).filter(i -> cost(loss, accuracy, i) > ABSURD).count();
        boolean first = cost(loss, accuracy, 0) > ABSURD && loss.first() > 3 * loss.late().median();
        // One epoch brings outputs down to a usual size, and then nothing more comes of it.
        double ignorant = run.entropy().orElse(Math.log(2));
        boolean barely = loss.late().median() > 0.7 * ignorant && loss.late().median() < 1.5 * ignorant;
        boolean lasting = absurd >= 0.3 * loss.size() || barely && loss.size() >= 10;
        // What a penalty adds to the loss is there in training alone at first, and soon learned away.
        var held = run.rawValidationLoss();
        boolean both = held.isEmpty() || run.rawValidationAccuracy().isEmpty()
                || cost(held, run.rawValidationAccuracy(), 0) > ABSURD;
        if (!learns || !first || !lasting || !both) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "a wrong answer costs %s nats in the first epoch and %s in the middle one; sure answers to images of the usual size"
                        + " cost below 16",
                Say.value(cost(loss, accuracy, 0)), Say.value(cost(loss, accuracy, loss.size() / 2)))));
    }

    private static double cost(Curve loss, Curve accuracy, int i) {
        return loss.value(i) / Math.max(1e-3, 1 - accuracy.value(i));
    }

    /// Large inputs are stated, or it is stated that nobody rescales them and the first figures show how large they are.
    private Optional<Suspicion> stated(Case run) {
        var range = range(run);
        var trace = trace(run);
        var words = areLarge(run)
                ? range
                : range.isPresent() ? Optional.<String>empty() : denied(run, trace);
        if (words.isEmpty()) return Optional.empty();
        boolean stuck = !run.loss().isEmpty() && !run.learning().gotAnywhere() || Explosion.of(run).isPresent();
        return Optional.of(finish(Suspicion.of(illness(), well(run) ? Severity.INFO : Severity.WARNING,
                "Inputs are large and nothing rescales them")
                .sign(Grounds.STATED, range.isPresent() ? Grounds.STATED.cap() : 2,
                        new Evidence.Stated("inputs " + words.get()))
                .sign(trace.map(Trace::sign).or(() -> stuck
                        ? Optional.of(new Sign(Grounds.SHAPE, 3,
                                new Evidence.Computed("and training does not learn or explodes")))
                        : weak(run)))));
    }

    /// Less than half the way from guessing to knowing.
    private static Optional<Sign> weak(Case run) {
        double best = run.accuracy().isEmpty() ? 1 : run.accuracy().most();
        if (run.chance().isEmpty() || best > (1 + run.chance().getAsDouble()) / 2) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 1, new Evidence.Printed(Say.format(
                "and training accuracy does not pass %.3f", best))));
    }

    /// Whether large inputs are stated, and nothing that rescales them.
    static boolean areLarge(Case run) {
        return range(run).map(Recipe::largest).filter(most -> most > LARGE).isPresent() && !isRescaled(run);
    }

    private static Optional<String> range(Case run) {
        return run.facts().value(FactKey.INPUT_RANGE).or(() -> run.facts().value(FactKey.INPUT_TYPE)
                .filter(type -> type.equals("uint8")).map(type -> "0..255, as uint8 are"));
    }

    private static boolean isRescaled(Case run) {
        boolean recipe = run.facts().value(FactKey.TRAINING_PREPROCESSING).map(Recipe::of).filter(Recipe::rescales)
                .isPresent();
        return recipe || run.layers().filter(layers -> layers.values().stream()
                .anyMatch(layer -> layer.kind().equals("Rescaling") || layer.kind().equals("Normalization")))
                .isPresent();
    }

    /// That nobody rescales says nothing of how large inputs are; what the first epoch costs does.
    private static Optional<String> denied(Case run, Optional<Trace> trace) {
        return run.facts().value(FactKey.TRAINING_PREPROCESSING)
                .filter(words -> trace.filter(Trace::telling).isPresent())
                .flatMap(words -> Recipe.isDenied(words)
                        ? Optional.of(words)
                        : comeFromFolders(run, words) ? Optional.of("from folders, not rescaled") : Optional.empty());
    }

    /// What large inputs leave in the figures.
    ///
    /// @param telling whether hardly anything else does
    private record Trace(boolean telling, Evidence evidence) {
        Sign sign() {
            return new Sign(Grounds.LEVEL, 3, evidence);
        }
    }

    private static Optional<Trace> trace(Case run) {
        var loss = run.loss();
        // Steps a hundred times as long as usual make outputs large by themselves.
        boolean usual = Rates.tooHigh(run) < Rates.HUNDREDFOLD;
        if (loss.size() > 1 && run.entropy().isPresent() && usual && loss.first() > 3 * run.entropy().getAsDouble()) {
            return Optional.of(new Trace(true, new Evidence.Computed(Say.format(
                    "the first epoch costs %s, where not to know costs %s: outputs are as large as inputs",
                    Say.value(loss.first()), Say.value(run.entropy().getAsDouble())))));
        }
        if (loss.size() > 3 && loss.late().median() > 0 && loss.first() > BURST * loss.late().median()) {
            return Optional.of(new Trace(false, new Evidence.Computed(Say.format(
                    "the first epoch costs %s, a late one %s: outputs began as large as inputs",
                    Say.value(loss.first()),
                    Say.value(loss.late().median())))));
        }
        if (NotANumber.fromTheStart(run) && !NotANumber.isOfTheData(run) && usual) {
            return Optional.of(new Trace(true, new Evidence.Printed(
                    "the loss is no number from the first epoch on: what large inputs make of large outputs overflows")));
        }
        if (!isBeyondReach(run) && !isDearAndStuck(run)) return Optional.empty();
        return Optional.of(new Trace(true, new Evidence.Printed(Say.format(
                "the loss is %s at first and %s at the end: outputs begin far off, and next to nothing is learned",
                Say.value(loss.first()), Say.value(loss.last())))));
    }

    /// Of classes: at a usual rate a fresh network begins at about what not to know costs. The first epoch costs a quarter more, and
    /// after the last one hardly anything is known.
    private static boolean isDearAndStuck(Case run) {
        return run.entropy().isPresent() && run.loss().size() >= FEWEST && Rates.tooHigh(run) <= 0
                && run.loss().first() > 1.25 * run.entropy().getAsDouble()
                && run.loss().late().median() > 0.9 * run.entropy().getAsDouble()
                && run.loss().late().median() < 1.5 * run.entropy().getAsDouble();
    }

    /// Of continuous targets: squares of hundreds, of which next to nothing is learned.
    private static boolean isBeyondReach(Case run) {
        return !run.isClassification() && run.loss().size() >= FEWEST && run.loss().late().median() > HUGE
                && run.learning().lossFall() < 0.2;
    }

    /// Images of a folder, with what a generator does to them spelled out, and no scaling among it.
    private static boolean comeFromFolders(Case run, String words) {
        return run.facts().has(FactKey.CLASS_MODE) && !Recipe.of(words).rescales()
                && words.matches(".*_(?:range|flip|mode|split)\\s*=.*");
    }

    /// Whether the run got over it: nearly everything is right on images held out.
    private static boolean well(Case run) {
        var validation = run.rawValidationAccuracy();
        return !validation.isEmpty() && validation.late().median() > 0.9 && run.accuracy().late().median() > 0.9;
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.share(0.6)
                .remedy("rescale=1./255, or a Rescaling(1./255) layer first; columns of a table: StandardScaler")
                .confirm("print minimum, maximum and mean of one batch");
    }
}
