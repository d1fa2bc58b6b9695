package narwhal.doctor.checks;

import java.util.Optional;
import java.util.OptionalLong;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.ModelSummary;

/// There are too few training images for a network that starts from nothing.
final class TrainingSetTooSmall implements Check {
    private static final double FEW_PER_CLASS = 50;
    private static final double FEW_PER_PARAMETER = 0.01;
    /// Of more, overfitting says enough: networks have always had more parameters than that.
    private static final double RATHER_FEW_PER_CLASS = 500;
    private static final int MANY = 1_000;
    private static final double FAR = 0.25;
    private static final double BY_HEART = 0.99;

    @Override
    public Illness illness() {
        return Illness.TRAINING_SET_TOO_SMALL;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var images = run.sizes().trainingImages();
        if (images.isEmpty() || images.get().value() >= MANY) {
            var sample = ofASample(run);
            if (sample.isPresent()) return sample;
        }
        if (images.isEmpty() || run.facts().value(FactKey.PRETRAINED).orElse(false)) return Optional.empty();
        var classes = run.classes();
        // There are two classes at least.
        double perClass = classes.map(c -> (double) images.get().value() / c.value())
                .orElse(run.isClassification() ? images.get().value() / 2.0 : Double.POSITIVE_INFINITY);
        var parameters = run.run().data().model().map(ModelSummary::parameters).orElse(OptionalLong.empty());
        double perParameter = parameters.isPresent()
                ? (double) images.get().value() / Math.max(1, parameters.getAsLong())
                : Double.POSITIVE_INFINITY;
        boolean early = earlyMinimum(run);
        // An image of many pixels shows many classes.
        boolean few = perClass < FEW_PER_CLASS && !run.facts().value(FactKey.PER_PIXEL).orElse(false);
        boolean fewer = perParameter < FEW_PER_PARAMETER && perClass < RATHER_FEW_PER_CLASS;
        double gap = gap(run);
        if (!few && !(fewer && (early || isByHeart(run)))) return Optional.empty();
        boolean shows = gap > 0.05 || early;
        var suspicion = Suspicion.of(illness(), shows ? Severity.WARNING : Severity.INFO, Say.format(
                "%d training images are too few for this network", images.get().value()))
                .sign(Grounds.STATED, few ? 4 : 2, images.get().evidence(few
                        ? classes.map(c -> Say.format("%.0f images in each of %d classes", perClass, c.value()))
                                .orElse(Say.format("%.0f images in each class, or fewer", perClass))
                        : Say.format("%d images for %d parameters", images.get().value(), parameters.orElse(0))));
        if (shows) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed(gap > 0.05
                    ? "training is ahead of validation by " + Say.points(gap)
                    : "validation was best in the first quarter of the run"));
        }
        return Optional.of(finish(suspicion));
    }

    /// Where nobody says how many images there are, but training accuracy is counted on few and knows them all by heart.
    private Optional<Suspicion> ofASample(Case run) {
        // The accuracy of one batch goes up and down to the end.
        if (!isByHeart(run) || run.accuracy().late().least() < BY_HEART) return Optional.empty();
        var counted = run.sizes().countedTrainingImages();
        if (counted.isEmpty()) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                Say.format("%d training images are too few for this network", counted.get().value()))
                .sign(Grounds.COUNTS, 4, new Evidence.Computed(Say.format(
                        "training accuracy is counted on %d images: all %d values are whole shares of that",
                        counted.get().value(), run.accuracy().size())))
                .sign(Grounds.SHAPE, 2, new Evidence.Computed(
                        "training is ahead of validation by " + Say.points(gap(run))))));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.share(0.6).remedy("augmentation, a pretrained base, a smaller network, more images")
                .confirm("retrain with half the data: validation must get worse");
    }

    private static double gap(Case run) {
        if (run.accuracy().isEmpty() || run.validationAccuracy().isEmpty()) return 0;
        return run.accuracy().late().median() - run.validationAccuracy().late().median();
    }

    private static boolean isByHeart(Case run) {
        return gap(run) > FAR && run.accuracy().late().median() > BY_HEART;
    }

    private static boolean earlyMinimum(Case run) {
        var loss = run.validationLoss();
        if (loss.size() < 8 || loss.least() <= 0) return false;
        return loss.lowest() < loss.size() / 4 && loss.late().median() > 1.05 * loss.least();
    }
}
