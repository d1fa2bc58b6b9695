package narwhal.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.checks.Checks;
import narwhal.history.facts.Facts;
import narwhal.history.log.Metric;
import narwhal.history.log.Run;
import narwhal.history.log.TrainingLog;

/// Says why a training run misbehaves, from its record alone.
///
/// ```java
/// var log = Logs.read(Path.of("train.log"));
/// Doctor.standard().examine(log, Facts.NONE).findings().forEach(IO::println);
/// ```
public final class Doctor {
    /// A tenth of a second each: files of thousands of runs would take minutes.
    private static final int MOST_RUNS = 20;
    private static final int MOST_EPOCHS = 2_000;
    private static final double GOES_ON = 0.05;

    private final List<Check> checks;

    private Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /// A doctor with all checks of the catalogue.
    public static Doctor standard() {
        return new Doctor(Checks.all());
    }

    /// A doctor with these checks and one more, such as a user's own.
    public Doctor with(Check check) {
        var more = new ArrayList<>(checks);
        more.add(check);
        return new Doctor(more);
    }

    /// Examines the runs of a log, the one with most epochs first; of very many runs only the longest, and of very
    /// many epochs only the newest.
    ///
    /// @param log as a reader delivers it
    /// @param facts what the user states; facts found in the log's own text stand behind them
    public Diagnosis examine(TrainingLog log, Facts facts) {
        var all = log.facts().and(facts);
        var cases = log.longestFirst().stream().limit(MOST_RUNS)
                .map(run -> Case.of(run.newest(MOST_EPOCHS), log.format(), all)).toList();
        var first = cases.getFirst();
        var ranking = rank(first);
        var findings = new ArrayList<>(ranking.findings());
        for (var other : cases.subList(1, cases.size()))
            findings.addAll(raisedElsewhere(other, findings, log.runs()));
        findings.sort(java.util.Comparator.comparing(Finding::severity));
        return new Diagnosis(findings, HonestFigure.of(first), subject(log, first, all), ranking.rejected(),
                Working.of(first), cases);
    }

    private Ranking rank(Case run) {
        var suspicions = new ArrayList<Suspicion>();
        for (var check : checks) check.examine(run).ifPresent(suspicions::add);
        return new Ranking(suspicions);
    }

    /// What another run of the same log has that the first one has not. A run that goes on from the one before it has learned most
    /// already, and does not crawl.
    private List<Finding> raisedElsewhere(Case run, List<Finding> known, List<Run> runs) {
        boolean goesOn = run.run().index() > 1 && goesOn(runs.get(run.run().index() - 2), run);
        return rank(run).findings().stream().filter(finding -> finding.severity() != Severity.INFO)
                .filter(finding -> finding.illness() != Illness.LEARNING_RATE_TOO_LOW || !goesOn)
                .filter(finding -> known.stream().noneMatch(other -> other.illness() == finding.illness()))
                .map(finding -> new Finding(finding.illness(), finding.severity(), finding.confidence(),
                        "Run " + run.run().index() + " of " + runs.size() + ": " + finding.title(), finding.evidence(),
                        finding.consequences(), finding.remedy(), finding.confirm()))
                .toList();
    }

    /// Whether the first loss of a run is about the last of another.
    private static boolean goesOn(Run before, Case run) {
        var earlier = Curve.of(before.series(Metric.LOSS));
        return !earlier.isEmpty() && !run.loss().isEmpty()
                && Math.abs(run.loss().first() / earlier.last() - 1) < GOES_ON;
    }

    private static Diagnosis.Subject subject(TrainingLog log, Case run, Facts facts) {
        int decimals = run.scoring().digits().map(digits -> digits.decimals()).orElse(-1);
        return new Diagnosis.Subject(log.format(), run.epochs(), log.runs().size(), run.sizes().trainingImages(),
                run.sizes().validationImages(), run.classes(), decimals, log.leftovers(), facts.ignored(),
                notExamined(log, run));
    }

    private static List<String> notExamined(TrainingLog log, Case run) {
        var lines = new ArrayList<String>();
        int others = log.runs().size() - MOST_RUNS;
        if (others > 0) lines.add("the " + others + " shortest of " + log.runs().size() + " runs");
        int earlier = log.longestFirst().getFirst().epochs().size() - run.run().epochs().size();
        if (earlier > 0) lines.add("the first " + earlier + " epochs of " + (earlier + run.run().epochs().size()));
        if (!run.hasValidation()) lines.add("validation: the log has no validation metric");
        if (run.run().finalOnly()) lines.add("shapes of curves: the log has final values only");
        else if (run.epochs() < 5) lines.add("shapes of curves: " + run.epochs() + " epochs are too few");
        if (run.hasValidation() && run.scoring().digits().isPresent() && run.sizes().validationImages().isEmpty()
                && run.scoring().alternation().isEmpty()) {
            lines.add("coverage of the validation set: its size is not in the log (fact validation-images)");
        }
        if (run.optimizer().isEmpty() && run.learningRate().isEmpty()) {
            lines.add("learning rate: not in the log (fact optimizer)");
        }
        return lines;
    }

    /// The first finding that is more than information.
    public static Optional<Finding> chief(Diagnosis diagnosis) {
        return diagnosis.raised().stream().findFirst();
    }
}
