package narwhal.doctor.checks;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Steps so large that training overshoots: the training loss explodes, turns upward together with validation, or training
/// accuracy itself goes up and down. Rising training loss is what sets it apart from overfitting. Each way in which it shows is a class of
/// its own; the strongest is told.
final class LearningRateTooHigh implements Check {
    @Override
    public Illness illness() {
        return Illness.LEARNING_RATE_TOO_HIGH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return found(run).map(suspicion -> AlwaysBehind.of(run).isEmpty()
                ? suspicion
                : suspicion.sign(Grounds.LEVEL, -6, new Evidence.Computed(
                        "training is right less often than guessing: steps that overshoot guess")));
    }

    private Optional<Suspicion> found(Case run) {
        if (run.learningRate().isPresent() && run.learningRate().getAsDouble() == 0) return Optional.empty();
        var explosion = Explosion.of(run);
        if (explosion.isPresent()) {
            boolean late = explosion.get().index() >= Divergence.CALM && Rates.tooHigh(run) <= 0 && !Rates.rises(run);
            return late ? Optional.empty() : Optional.of(exploded(run, explosion.get()));
        }
        var burst = BlownUp.of(run);
        if (burst.isPresent()) return burst;
        return Stream
                .of(FarOverDefault.of(run), LostAtOnce.of(run), CutOfTheRate.of(run).stream(), TrainingTurns.of(run),
                        TrainingSwings.of(run), AboveIgnorance.of(run).stream())
                .flatMap(ways -> ways).max(Comparator.comparingDouble(Suspicion::nats));
    }

    private Suspicion exploded(Case run, Explosion jump) {
        var name = jump.validation() ? "validation loss" : "training loss";
        boolean severe = !jump.recovered();
        var suspicion = Suspicion.of(illness(), severe ? Severity.ERROR : Severity.WARNING,
                Say.format("The learning rate is too high: the %s explodes in epoch %d%s", name, jump.epoch(),
                        severe ? " and never recovers" : ""));
        double before = jump.curve().value(jump.index() - 1);
        double now = jump.curve().value(jump.index());
        suspicion = suspicion.sign(Grounds.SHAPE, Math.clamp(2.5 * Math.log(jump.factor()), 2, 5),
                new Evidence.Printed(Say.format("%s %s in epoch %d, %s in epoch %d", name, Say.value(before),
                        jump.curve().epoch(jump.index() - 1), Say.value(now), jump.epoch())));
        if (jump.factor() > 30) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Computed(
                    Say.format("%s times the level before: no noise does that", Say.value(jump.factor()))));
        }
        if (!jump.validation() && !run.rawValidationLoss().isEmpty() && jump.index() < run.rawValidationLoss().size()) {
            suspicion = suspicion
                    .note(new Evidence.Printed(Say.format("validation loss %s in that epoch, %s in the one before",
                            Say.value(run.rawValidationLoss().value(jump.index())),
                            Say.value(run.rawValidationLoss().value(jump.index() - 1)))));
        }
        suspicion = rate(run, suspicion);
        if (ExplodingGradient.isUnbounded(run))
            suspicion = suspicion.sign(Grounds.STATED, -Grounds.STATED.cap(),
                    new Evidence.Stated(ExplodingGradient.UNBOUNDED));
        if (severe && jump.index() + 1 < jump.curve().size() && jump.best() > 0) {
            var after = jump.curve().from(jump.index() + 1);
            suspicion = suspicion.note(new Evidence.Computed(Say.format(
                    "afterwards it stays at %s, %.1f times its best before (%s)", Say.value(after.median()),
                    after.median() / jump.best(), Say.value(jump.best()))));
            if (jump.factor() <= 30 && after.median() > 30 * jump.best()) {
                suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Computed(Say.format(
                        "up to %s since, %s times its best: it goes on from epoch to epoch", Say.value(after.most()),
                        Say.value(after.most() / jump.best()))));
            }
            if (after.size() >= 3 && after.relativeRange() < 0.1) {
                suspicion = suspicion
                        .consequence("it rests there at the level of a constant answer: dead units (dead-relu), if the"
                                + " network uses ReLU");
            }
        }
        return finish(
                suspicion.consequence(Say.format("weights after epoch %d are lost; the last good ones are before it",
                        jump.curve().epoch(jump.index() - 1))));
    }

    /// What a stated rate is worth, as one more sign.
    private static Suspicion rate(Case run, Suspicion suspicion) {
        if (Rates.rises(run)) {
            return suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("a schedule that raises the rate from epoch to epoch"));
        }
        var over = Rates.overDefault(run);
        if (over.isEmpty()) return suspicion;
        return suspicion.sign(Grounds.STATED, Rates.tooHigh(run), new Evidence.Stated(Say.format(
                "%s, %.3g times the default of that optimizer", Rates.words(run), over.getAsDouble())));
    }

    /// With what a stated rate is worth, what to do and what would confirm it.
    static Suspicion told(Case run, Suspicion suspicion) {
        return finish(rate(run, suspicion));
    }

    static Suspicion finish(Suspicion suspicion) {
        return suspicion.remedy("learning_rate / 10; also a warm-up over the first epochs, or clipnorm=1.0")
                .confirm("three epochs at a tenth of the rate: the training loss must fall without a jump");
    }
}
