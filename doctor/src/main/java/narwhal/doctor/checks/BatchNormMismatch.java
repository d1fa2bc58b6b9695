package narwhal.doctor.checks;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;

/// Training mode and evaluation mode compute different functions: training is good early, validation far below from the first
/// epoch, jumping without a period or not reacting to training at all. Each way in which it shows is a class of its own.
final class BatchNormMismatch implements Check {
    private static final int FEWEST_EPOCHS = 3;

    @Override
    public Illness illness() {
        return Illness.BATCH_NORM_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var oddity = OddStatistics.of(run);
        var same = ApartOnTheSameImages.of(run);
        if (same.isPresent()) {
            return Optional.of(told(run, begin(oddity).sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("validation is made on the images of training")).sign(same.get()),
                    Optional.empty()));
        }
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.isEmpty() && validation.isEmpty()) {
            return WarmingAverages.withoutAccuracies(run).map(sign -> told(run, begin(oddity).sign(sign), oddity));
        }
        if (training.size() < FEWEST_EPOCHS || validation.size() < FEWEST_EPOCHS || run.scoring().rhythm().isPresent())
            return Optional.empty();
        return Stream.of(WarmingAverages.of(run), UnsteadyEvaluation.of(run), FrozenAverages.of(run))
                .flatMap(Optional::stream).max(Comparator.comparingDouble(Sign::nats)).map(begin(oddity)::sign)
                .or(() -> ApartFromTheStart.of(run, oddity.isPresent())
                        .map(apart -> begin(oddity).note(apart.start()).sign(apart.sign())))
                .map(suspicion -> told(run, suspicion, oddity));
    }

    private Suspicion begin(Optional<String> oddity) {
        return Suspicion.of(illness(), oddity.isPresent() ? Severity.ERROR : Severity.WARNING,
                "Evaluation computes another function than training: batch statistics and moving averages differ");
    }

    /// With what is stated, what to do and what would confirm it.
    private static Suspicion told(Case run, Suspicion shape, Optional<String> oddity) {
        var suspicion = shape;
        var there = run.batchNormalisation();
        if (oddity.isPresent()) suspicion = suspicion.sign(Grounds.STATED, 3, new Evidence.Stated(oddity.get()));
        else if (there.orElse(false)) {
            suspicion = suspicion.sign(Grounds.STATED, 2, new Evidence.Stated("the network has batch normalisation"));
        }
        if (!there.orElse(true)) {
            suspicion = suspicion.sign(Grounds.STATED, -4, new Evidence.Stated("there is no batch normalisation"));
        }
        return suspicion.consequence("validation figures judge the moving averages, not the weights")
                .remedy("momentum=0.9 (Keras) and more steps per epoch; larger batches; a frozen base in inference mode:\n"
                        + "base(x, training=False)")
                .confirm(
                        "evaluate the training set in evaluation mode: its loss is far above the printed training loss");
    }
}
