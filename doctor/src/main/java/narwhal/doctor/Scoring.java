package narwhal.doctor;

import java.util.List;
import java.util.Optional;
import narwhal.doctor.forensics.AlternatingCounts;
import narwhal.doctor.forensics.BatchMeans;
import narwhal.doctor.forensics.CountScan;
import narwhal.doctor.forensics.CountSearch;
import narwhal.doctor.forensics.CountVerdict;
import narwhal.doctor.forensics.Digits;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.doctor.forensics.HonestCurve;
import narwhal.doctor.forensics.KnownLoop;
import narwhal.doctor.forensics.MovingCounts;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;
import narwhal.history.log.Series;

/// How the validation of a run went through its set, as far as digits, rhythm and statements tell. Worked out once, used by
/// all checks of the evaluation loop and by every test of shape.
public final class Scoring {
    private static final int LONG_CYCLE = 12;
    /// Nats between two explanations that are told apart.
    private static final double TOLD_APART = 4;

    private final Series accuracies;
    private final Optional<Digits> digits;
    private final int[] evaluations;
    private final KnownLoop known;
    private final Optional<CountVerdict> verdict;
    private final Optional<CountScan> scan;
    private final Optional<AlternatingCounts> alternation;
    private final Optional<MovingCounts> moving;
    private final Optional<Rhythm> rhythm;
    private final Optional<LastBatch> lastBatch;
    private final Optional<HonestCurve> honest;

    private Scoring(Case run) {
        accuracies = run.run().evaluation(Metric.ACCURACY.name());
        rhythm = Rhythm
                .find(accuracies.printedAs(), run.rawValidationAccuracy(), run.accuracy())
                .or(() -> Rhythm.find(run.run().evaluation(Metric.LOSS.name()).printedAs(), run.rawValidationLoss(),
                        run.loss()));
        boolean usable = accuracies.size() >= 3 && accuracies.finite()
                && accuracies.points().stream().allMatch(p -> p.reading().value() >= 0 && p.reading().value() <= 1);
        digits = usable ? Optional.of(Digits.of(accuracies)) : Optional.empty();
        evaluations = evaluations(run, accuracies);
        known = known(run);
        verdict = digits.filter(d -> known.images().isPresent())
                .map(d -> CountSearch.search(d, evaluations, known));
        var single = digits.filter(d -> known.images().isEmpty()).flatMap(CountScan::of);
        alternation = digits.filter(d -> known.images().isEmpty() && run.run().validationEvery().isEmpty())
                .flatMap(d -> AlternatingCounts.find(d, single));
        scan = alternation.isPresent() ? Optional.empty() : single;
        boolean open = verdict.isPresent() && !verdict.get().partial();
        moving = open ? MovingCounts.find(digits.orElseThrow(), known) : Optional.empty();
        lastBatch = LastBatch.of(run);
        honest = honest(run);
    }

    static Scoring of(Case run) {
        return new Scoring(run);
    }

    private static int[] evaluations(Case run, Series series) {
        var epochs = series.epochs();
        boolean every = run.run().validationEvery().isEmpty();
        var evaluations = new int[epochs.length];
        for (int i = 0; i < epochs.length; i++) evaluations[i] = every ? epochs[i] - 1 : i;
        return evaluations;
    }

    private KnownLoop known(Case run) {
        var loop = KnownLoop.NOTHING;
        var images = run.sizes().validationImages();
        if (images.isPresent() && images.get().origin() != Known.Origin.INFERRED) {
            loop = loop.images(images.get().value());
        }
        var batch = run.facts().value(FactKey.VALIDATION_BATCH);
        if (batch.isPresent() && batch.get() > 0) loop = loop.batch((int) (long) batch.get());
        var steps = run.sizes().validationSteps();
        if (steps.isPresent() && steps.get().value() > 0) loop = loop.steps((int) steps.get().value());
        if (run.sizes().trainingImages().isPresent() && run.sizes().trainingSteps().isPresent()) {
            loop = loop.trainingSteps(run.sizes().trainingImages().get().value(),
                    run.sizes().trainingSteps().get().value());
        }
        return rhythm.isPresent() ? loop.rhythm(rhythm.get().period(), rhythm.get().nats()) : loop;
    }

    private Optional<HonestCurve> honest(Case run) {
        // One batch of the same images says nothing of the others.
        if (lastBatch.isPresent() || digits.isEmpty()) return Optional.empty();
        var losses = run.rawValidationLoss();
        var values = losses.size() == accuracies.size() ? losses.values() : new double[0];
        if (proves(Coverage.MOVING)) {
            // Of the same part in each epoch the printed curve is as honest as any.
            if (mayStandStill() && rhythm.isEmpty()) return Optional.empty();
            var curve = HonestCurve.of(digits.get(), values, evaluations, verdict.get().best().loop());
            // A window that never came round shows no epoch over the whole set, only the run.
            return curve.points().size() > 1 ? Optional.of(curve) : Optional.empty();
        }
        // A mean over a long cycle says where the run was, not where it is.
        return rhythm.map(Rhythm::period)
                .or(() -> alternation.flatMap(AlternatingCounts::period).filter(period -> period <= LONG_CYCLE))
                .or(() -> moving.map(found -> Math.max(2, found.set().batches() / found.steps())))
                .map(period -> HonestCurve.averaging(digits.get(), values, period));
    }

    /// The printed accuracies that were weighed, if they are usable.
    public Optional<Digits> digits() {
        return digits;
    }

    /// The name of the accuracy as the log prints it, such as `val_acc`.
    public String printedAs() {
        return accuracies.printedAs();
    }

    /// How many evaluations went before each of the printed ones.
    public int[] evaluations() {
        return evaluations.clone();
    }

    /// What was known before the digits were looked at.
    public KnownLoop known() {
        return known;
    }

    /// The verdict of the digits, where the size of the set is known.
    public Optional<CountVerdict> verdict() {
        return verdict;
    }

    /// How many images were scored, where the size of the set is not known.
    public Optional<CountScan> scan() {
        return scan;
    }

    /// Numbers of images that change from epoch to epoch, where the size of the set is not known.
    public Optional<AlternatingCounts> alternation() {
        return alternation;
    }

    /// A window that moves irregularly, where no regular loop explains the digits.
    public Optional<MovingCounts> moving() {
        return moving;
    }

    /// A rhythm of validation alone.
    public Optional<Rhythm> rhythm() {
        return rhythm;
    }

    /// The curve that whole passes would have shown, where the window moved.
    public Optional<HonestCurve> honest() {
        return honest;
    }

    /// The loop that prints its last batch for all.
    public Optional<LastBatch> lastBatch() {
        return lastBatch;
    }

    /// The epochs that went into a point of the honest curve, first and last.
    public int[] epochsOf(HonestCurve.Point point) {
        var epochs = accuracies.epochs();
        return new int[]{epochs[point.first()], epochs[point.last()]};
    }

    /// Whether the digits prove the coverage `coverage`, or another one that cannot be told apart from it.
    public boolean proves(Coverage coverage) {
        return verdict.isPresent() && verdict.get().partial() && verdict.get().best().coverage() == coverage;
    }

    /// What the digits alone say for a coverage against a whole pass, in nats within the cap; coverages that the digits
    /// tell apart keep their distance. The rhythm is left out, for it is weighed by itself.
    public double nats(Coverage coverage) {
        if (verdict.isEmpty() || !verdict.get().partial()) return 0;
        var counts = verdict.get();
        double whole = Math.max(counts.logWeight(Coverage.FULL), counts.noCount())
                + rhythm.map(Rhythm::nats).orElse(0.0);
        double best = counts.logWeight(counts.best().coverage()) - whole;
        double mine = counts.logWeight(coverage) - whole;
        return Math.min(best, Grounds.COUNTS.cap()) - (best - mine);
    }

    /// Whether the digits cannot tell a window that moves from one that stands still.
    public boolean mayStandStill() {
        return nats(Coverage.FIXED_PART) > nats(Coverage.MOVING) - TOLD_APART;
    }

    /// Images scored in an evaluation, as most evaluations had it.
    public Optional<Known> scored(Case run) {
        return images(run).filter(images -> images.value() > 0);
    }

    private Optional<Known> images(Case run) {
        if (verdict.isPresent() && verdict.get().partial()) {
            return Optional.of(Known.inferred(verdict.get().best().loop().images(evaluations[0])));
        }
        if (moving.isPresent()) return Optional.of(Known.inferred(moving.get().without()));
        var steps = run.sizes().validationSteps();
        var batch = run.facts().value(FactKey.VALIDATION_BATCH);
        if (run.sizes().validationImages().isPresent()) {
            long images = run.sizes().validationImages().get().value();
            if (steps.isPresent() && batch.isPresent() && steps.get().value() * batch.get() < images) {
                return Optional.of(new Known(steps.get().value() * batch.get(), Known.Origin.STATED));
            }
            return run.sizes().validationImages();
        }
        if (scan.isPresent()) return Optional.of(Known.inferred(scan.get().images()));
        if (alternation.isPresent()) return Optional.of(Known.inferred(alternation.get().images().getFirst()));
        if (steps.isPresent() && batch.isPresent()) {
            return Optional.of(new Known(steps.get().value() * batch.get(), Known.Origin.STATED));
        }
        return Optional.empty();
    }

    /// Whether batch means were averaged without weights.
    public Optional<BatchMeans> batchMeans() {
        if (digits.isEmpty() || known.images().isEmpty() || digits.get().decimals() < 1) return Optional.empty();
        if (verdict.isPresent() && verdict.get().partial()) return Optional.empty();
        return BatchMeans.find(digits.get().decimals(), accuracies.values(), known.images().getAsLong());
    }

    /// The honest curve of accuracy as tests of shape take it: points that share no epoch.
    public Curve honestAccuracy() {
        var points = honest.map(HonestCurve::separate).orElse(List.of());
        var epochs = points.stream().mapToInt(point -> epochsOf(point)[1]).toArray();
        return Curve.of(epochs, points.stream().mapToDouble(HonestCurve.Point::accuracy).toArray());
    }

    /// The honest curve of the loss.
    public Curve honestLoss() {
        var points = honest.map(HonestCurve::separate).orElse(List.of());
        if (points.stream().anyMatch(point -> point.loss().isEmpty())) return Curve.NONE;
        var epochs = points.stream().mapToInt(point -> epochsOf(point)[1]).toArray();
        return Curve.of(epochs, points.stream().mapToDouble(point -> point.loss().orElseThrow()).toArray());
    }
}
