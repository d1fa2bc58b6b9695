package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.Explanation.Coverage;

/// The same weights get different scores: training stands still, validation moves. Weights that do not move cannot move the
/// score, so the data did.
final class StochasticValidation implements Check {
    private static final double STANDS_STILL = 1e-3;
    private static final double MOVES = 0.01;

    /// Parts that differ by less than this in accuracy do no harm.
    private static final double SLIGHT = 0.01;

    @Override
    public Illness illness() {
        return Illness.STOCHASTIC_VALIDATION;
    }

    /// A part of a shuffled set is another part each time.
    private Optional<Suspicion> stated(Case run) {
        var scoring = run.scoring();
        boolean counts = scoring.proves(Coverage.FIXED_PART) || scoring.proves(Coverage.MOVING);
        var loop = Loops.stated(run).filter(part -> part.steps() < part.set().batches())
                .or(() -> counts ? scoring.verdict().map(verdict -> verdict.best().loop()) : Optional.empty());
        if (loop.isEmpty() || !Loops.shuffled(run)) return Optional.empty();
        var accuracy = run.rawValidationAccuracy();
        int seen = (int) loop.get().images(0);
        double error = Math.sqrt(0.25 / Math.max(1, seen));
        double right = accuracy.isEmpty() ? 0.5 : accuracy.late().median();
        // Of a set that is nearly scored as a whole each part is nearly the same.
        double between = Math.sqrt(right * (1 - right) / Math.max(1, seen)
                * Math.max(0, 1 - (double) seen / loop.get().set().images()));
        var suspicion = Suspicion.of(illness(), between < SLIGHT ? Severity.INFO : Severity.WARNING,
                "Each epoch scores another random part of the validation set")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Computed(Say.format(
                        "%d of %d images are scored, and their order is shuffled", seen, loop.get().set().images())));
        double counted = Math.max(scoring.nats(Coverage.FIXED_PART), scoring.nats(Coverage.MOVING));
        if (counted > 0) {
            suspicion = suspicion.sign(Grounds.COUNTS, counted,
                    new Evidence.Inferred(
                            "the printed digits are shares of as many images, and none needs the whole set"));
        }
        if (!accuracy.isEmpty() && accuracy.noise() > error / 2) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed(Say.format(
                    "validation accuracy scatters by %s, as samples of %d do", Say.points(accuracy.noise()), seen)));
        }
        return Optional.of(suspicion.share(0.8)
                .remedy("score the whole set: for xb, yb in val_loader, or validation_steps=None")
                .confirm("evaluate the same weights twice: the two numbers must agree to the last digit"));
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var training = run.loss();
        var validation = run.rawValidationLoss();
        boolean noRate = run.learningRate().isPresent() && run.learningRate().getAsDouble() == 0;
        int fewest = noRate ? 2 : 3;
        if (validation.size() < fewest || training.size() < fewest) return Optional.empty();
        double still = training.relativeRange();
        if (still >= STANDS_STILL && !noRate) return stated(run);
        double moves = validation.relativeRange();
        if (moves <= MOVES || moves <= 10 * still) return Optional.empty();
        var scatter = run.rawValidationAccuracy();
        double error = run.standardError(scatter.isEmpty() ? 0.5 : Math.min(0.999, scatter.mean())).orElse(0);
        boolean small = !scatter.isEmpty() && scatter.most() - scatter.least() < error;
        var suspicion = Suspicion.of(illness(), small ? Severity.INFO : Severity.WARNING,
                "The weights stand still, but validation does not: it scores other data each time")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "training loss ranges over %s of itself, validation loss over %s", Say.percent(still),
                        Say.percent(moves))));
        if (noRate) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("the learning rate is 0, so nothing is trained"));
        }
        if (validation.size() < 9) {
            suspicion = suspicion.note(new Evidence.Computed(
                    "too few epochs to tell a random part from a part that moves on (rotating-validation)"));
        }
        return Optional.of(suspicion.consequence("differences between epochs below "
                + Say.format("%s of the loss mean nothing", Say.percent(moves)))
                .remedy("no augmentation, no random crops and no shuffled subset in validation; score the whole set")
                .confirm("evaluate the same weights twice: the two numbers must agree to the last digit"));
    }
}
