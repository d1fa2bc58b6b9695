package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.Robust;
import narwhal.history.facts.FactKey;

/// The validation set is too small for the differences that people tune for, and it shows: validation swings by as much as
/// chance makes it, training does not.
final class ValidationTooSmall implements Check {
    private static final double FAR_BEHIND = 0.25;
    private static final double TOO_WIDE = 0.03;
    private static final double WIDE = 0.02;
    /// Worth a mention, not an alarm.
    private static final double POSSIBLE = 2.5;

    /// Of so many images a few do not make the loss.
    private static final int ENOUGH = 50;
    private static final double LEAPS = 4;

    @Override
    public Illness illness() {
        return Illness.VALIDATION_TOO_SMALL;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var curve = run.validationAccuracy();
        var images = run.scoring().scored(run);
        boolean pixels = run.facts().value(FactKey.PER_PIXEL).orElse(false);
        if (curve.isEmpty() || images.isEmpty() || pixels) return Optional.empty();
        // Two more right and two more wrong, after Agresti and Coull 1998: 20 of 20 right are no certainty.
        double n = images.get().value();
        double level = (Robust.median(curve.late().values()) * n + 2) / (n + 4);
        double error = run.standardError(level).orElseThrow();
        double half = 1.96 * error;
        if (half < WIDE) return Optional.empty();
        double swing = swing(curve);
        long needed = Math.round(level * (1 - level) * Math.pow(1.96 / 0.01, 2));
        var suspicion = Suspicion.of(illness(), half > TOO_WIDE ? Severity.WARNING : Severity.INFO,
                Say.format("%d validation images are too few: anything below %s is chance", images.get().value(),
                        Say.points(half * Math.sqrt(2))))
                .note(images.get().evidence(Say.format("%d images scored per epoch", images.get().value())))
                .note(new Evidence.Computed(Say.format("at an accuracy of %.2f the 95 %% band is ± %s", level,
                        Say.points(half))));
        // A number that only the digits tell, of a curve that only rises, says that somebody looked at a sample.
        boolean sample = images.get().origin() == Known.Origin.INFERRED && swing == 0;
        double unseen = sample ? Math.min(POSSIBLE, blind(half)) : blind(half);
        double nats = half > TOO_WIDE ? Math.max(visible(swing, error), unseen) : 5;
        suspicion = suspicion.sign(Grounds.SHAPE, nats, new Evidence.Computed(
                Say.format("the largest fall among the late epochs is %s", Say.points(swing))));
        var loss = run.rawValidationLoss().late();
        if (n >= ENOUGH && loss.least() > 0 && loss.most() > LEAPS * loss.least()) {
            suspicion = suspicion.sign(Grounds.SHAPE, -4, new Evidence.Printed(Say.format(
                    "among the late epochs validation loss leaps from %s to %s: the same images never cost so much more by chance",
                    Say.value(loss.least()), Say.value(loss.most()))));
        }
        double ignorant = run.entropy().orElse(Math.log(2));
        boolean behind = !run.accuracy().isEmpty()
                && run.accuracy().late().median() > curve.late().median() + FAR_BEHIND;
        if (behind && loss.size() > 0 && loss.median() > 2 * ignorant) {
            suspicion = suspicion.sign(Grounds.SHAPE, -4, new Evidence.Printed(Say.format(
                    "late validation costs %s, where not to know costs %s: what is wrong with it is no chance",
                    Say.value(loss.median()), Say.value(ignorant))));
        }
        return Optional.of(suspicion.share(0.3)
                .remedy(Say.format("about %d validation images for ± 1 point; else cross-validation or means of epochs",
                        needed))
                .confirm("three seeds, or bootstrap the validation set"));
    }

    /// The largest fall from a late value to a later one: a curve that only rises does not swing.
    private static double swing(Curve curve) {
        double high = Double.NEGATIVE_INFINITY;
        double swing = 0;
        for (double value : curve.late().values()) {
            high = Math.max(high, value);
            swing = Math.max(swing, high - value);
        }
        return swing;
    }

    /// A band of fifteen points hides all that people tune for, seen swings or not; one of ten is a possibility as long as nothing
    /// swings.
    private static double blind(double half) {
        return 5 * Math.clamp((half - TOO_WIDE) / 0.12, 0, 1);
    }

    /// A set is too small for somebody only if its swings are seen: ten points are, three are not. More than chance makes is
    /// another illness.
    private static double visible(double swing, double error) {
        double seen = 5 * Math.clamp((swing - 0.03) / 0.07, 0, 1);
        return swing > 8 * error ? seen - 3 : seen;
    }
}
