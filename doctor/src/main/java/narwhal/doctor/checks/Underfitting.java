package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.Layers;

/// Training and validation level off together, far from what a better model would reach.
final class Underfitting implements Check {
    /// In the names of layers that have weights.
    private static final List<String> WEIGHTS = List.of("Dense", "Conv", "LSTM", "GRU", "RNN", "Bidirectional",
            "Attention", "Embedding", "TCN");
    private static final int LONG = 10;
    private static final int PATIENT = 15;
    private static final int FEWEST = 4;
    private static final double NOT_AT_ALL = 0.95;
    private static final double HARDLY = 0.85;
    private static final double WEAK_GAP = 0.08;

    @Override
    public Illness illness() {
        return Illness.UNDERFITTING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var training = run.accuracy();
        var validation = run.validationAccuracy();
        var hardly = hardly(run);
        if (hardly.isPresent()) return hardly;
        if (training.isEmpty() && validation.isEmpty()) return straightBorders(run);
        if (training.size() < 12 || validation.size() < 12 || run.entropy().isEmpty() || run.loss().isEmpty()) {
            return Optional.empty();
        }
        double error = run.standardError(validation.late().median()).orElse(0.01);
        double gap = Math.abs(training.late().median() - validation.late().median());
        var late = run.loss().tail(10);
        boolean level = late.trend().p() > 0.05 || late.first() - late.last() < 0.02 * Math.abs(late.first());
        double left = run.loss().last() / run.entropy().getAsDouble();
        boolean weak = hasNoHiddenLayer(run);
        // Weights of pixels alone are enough for a small gap.
        double near = Math.max(2 * error, weak ? WEAK_GAP : 0.02);
        if (gap > near || !level || left < 0.5) return Optional.empty();
        var suspicion = Suspicion.of(illness(), weak ? Severity.WARNING : Severity.INFO,
                "Training and validation level off together, far from the goal: the model or the training is too weak")
                .sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                        "training %.3f and validation %.3f at rest; the loss keeps %s of what a constant answer has",
                        training.late().median(), validation.late().median(), Say.percent(left))));
        if (weak) {
            suspicion = suspicion.sign(Grounds.STATED, 2,
                    new Evidence.Stated("one layer from pictures to answers: only straight borders between classes"));
        }
        return Optional
                .of(suspicion.share(0.4).remedy("a larger network, longer training, less regularisation, better inputs")
                        .confirm("train on 100 images alone: if they cannot be learned, the model is too weak"));
    }

    /// Without accuracies: one layer has come to rest, on both sides, far above nothing.
    private Optional<Suspicion> straightBorders(Case run) {
        var loss = run.loss();
        var held = run.rawValidationLoss();
        // Some print every twentieth epoch.
        boolean patient = loss.size() >= FEWEST && loss.epoch(loss.size() - 1) >= PATIENT;
        boolean alike = held.isEmpty() || held.size() == loss.size();
        if (!hasNoHiddenLayer(run) || run.entropy().isEmpty() || !patient || !alike || run.isContinuous())
            return Optional.empty();
        double left = loss.last() / run.entropy().getAsDouble();
        boolean rests = (loss.size() < PATIENT ? loss.tail(3) : loss.late()).relativeRange() < 0.02;
        boolean near = held.isEmpty()
                || Math.abs(held.late().median() - loss.late().median()) < 0.1 * loss.late().median();
        if (!rests || !near || left < 0.35 || left > 1) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                held.isEmpty()
                        ? "Training levels off far from the goal: one layer is too weak"
                        : "Training and validation level off together, far from the goal: one layer is too weak")
                .sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                        "training loss %s%s at rest, %s of what a constant answer has", Say.value(loss.last()),
                        held.isEmpty() ? "" : " and validation loss " + Say.value(held.last()), Say.percent(left))))
                .sign(Grounds.STATED, 2, new Evidence.Stated(
                        "one layer from inputs to answers: only straight borders between classes"))
                .share(0.4).remedy("a hidden layer, such as Dense(32, activation='relu') in front of the last one")
                .confirm("plot the two best inputs with their classes: does a straight line part them?"));
    }

    /// After many epochs both sides are hardly better than guesses, and the loss is hardly below that of a guess.
    private Optional<Suspicion> hardly(Case run) {
        var loss = run.loss();
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var ignorant = ignorance(run);
        if (loss.size() < LONG || training.size() != loss.size() || validation.size() < LONG || ignorant.isEmpty())
            return Optional.empty();
        double left = loss.late().median() / ignorant.getAsDouble();
        double chance = run.chance().orElse(Math.exp(-ignorant.getAsDouble()));
        double best = chance + 0.25 * (1 - chance);
        boolean begins = loss.last() < 0.97 * loss.value(loss.size() - 3) && loss.last() < 0.97 * loss.first();
        boolean guesses = !begins && training.late().median() < best && validation.late().median() < best
                && Math.abs(training.late().median() - validation.late().median()) < 0.08;
        // Some networks take their time to begin.
        double least = loss.size() < PATIENT ? NOT_AT_ALL : HARDLY;
        if (!guesses || left < least || left > 1.02) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                "After all epochs the network knows hardly more than at the start")
                .sign(Grounds.LEVEL, 5, new Evidence.Computed(Say.format(
                        "the loss keeps %s of what guessing costs after %d epochs; accuracy is %.3f in training and %.3f in"
                                + " validation, guessing gives %.3f",
                        Say.percent(left), loss.size(), training.late().median(), validation.late().median(), chance)))
                .share(0.4)
                .remedy("first learning_rate * 10, then a larger network or better inputs; check that labels belong to their inputs")
                .confirm(
                        "train on 100 images alone: if they cannot be learned, the fault is in the network or its rate"));
    }

    /// What guessing costs: of the classes, or of as many as the first epoch tells, whose loss and accuracy are those of guesses.
    private static OptionalDouble ignorance(Case run) {
        if (run.entropy().isPresent() || run.loss().isEmpty() || run.accuracy().isEmpty()) return run.entropy();
        long classes = Math.round(Math.exp(Math.min(4, run.loss().median())));
        double cost = Math.log(classes);
        boolean began = Math.abs(run.accuracy().first() * classes - 1) < 0.25
                && Math.abs(run.loss().first() / cost - 1) < 0.12;
        boolean stayed = Math.abs(run.accuracy().median() * classes - 1) < 0.15
                && Math.abs(run.loss().median() / cost - 1) < 0.02;
        boolean guessed = classes >= 2 && (began || stayed);
        return guessed ? OptionalDouble.of(cost) : OptionalDouble.empty();
    }

    /// Whether the whole network is stated and has a single layer of weights.
    private static boolean hasNoHiddenLayer(Case run) {
        return run.layers().filter(Layers::whole).filter(layers -> layers.values().stream()
                .filter(layer -> WEIGHTS.stream().anyMatch(layer.kind()::contains)).count() == 1)
                .isPresent();
    }
}
