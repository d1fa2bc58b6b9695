package narwhal.doctor.checks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Event;

/// Training scores below validation. By itself that is benign: dropout and augmentation act in training only, and training figures
/// average over the epoch.
final class OverRegularised implements Check {
    private static final Pattern LARGE = Pattern.compile("Large dropout rate: (0\\.\\d+)");

    @Override
    public Illness illness() {
        return Illness.OVER_REGULARISED;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var training = run.accuracy();
        var validation = run.validationAccuracy();
        if (training.size() < 5 || validation.size() < 5) return Optional.empty();
        var late = validation.late();
        double error = run.standardError(Math.min(0.999, late.median())).orElse(0.005);
        double gap = late.median() - training.late().median();
        long above = 0;
        for (int i = 0; i < Math.min(training.size(), validation.size()); i++) {
            if (validation.value(validation.size() - 1 - i) > training.value(training.size() - 1 - i) + 2 * error)
                above++;
        }
        if (above < 5 || gap < 2 * error) return Optional.empty();
        double dropout = run.facts().value(FactKey.DROPOUT).orElseGet(() -> warnedOf(run));
        boolean strong = dropout >= 0.5 && gap > 0.05 && run.loss().size() >= 10
                && run.loss().tail(10).trend().p() > 0.05;
        var suspicion = Suspicion.of(illness(), strong ? Severity.WARNING : Severity.INFO,
                Say.format("Validation scores %s above training: usual with dropout or augmentation", Say.points(gap)))
                .sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                        "validation is above training in %d of %d epochs", above, validation.size())));
        if (strong) {
            suspicion = suspicion.sign(Grounds.STATED, 2, new Evidence.Stated(Say.format(
                    "dropout %.2f, and training has levelled off", dropout)));
        }
        return Optional.of(suspicion.share(0.3)
                .consequence("training figures are taken with dropout and augmentation on, and average over the epoch")
                .remedy("nothing, unless the training set in evaluation mode is bad too; then less dropout")
                .confirm("evaluate the training set in evaluation mode"));
    }

    /// `Large dropout rate: 0.8 (>0.5).`
    private static double warnedOf(Case run) {
        return run.run().events(Event.Warning.class).stream().map(event -> LARGE.matcher(event.text()))
                .filter(Matcher::find).mapToDouble(found -> Double.parseDouble(found.group(1))).max().orElse(0);
    }
}
