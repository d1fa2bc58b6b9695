package narwhal.doctor;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.forensics.Digits;
import narwhal.history.facts.FactKey;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress;
import narwhal.history.log.Role;

/// How many images, steps and batches a run has, each number with its origin.
///
/// @param run whose they are
public record Sizes(Case run) {
    private static final int MOST_COUNTED = 200;

    /// Images in the training set.
    public Optional<Known> trainingImages() {
        var data = run.run().data();
        if (data.trainingImages().orElse(0) > 0) return Optional.of(Known.printed(data.trainingImages().getAsLong()));
        var samples = progress().filter(p -> p.unit() == Progress.Unit.SAMPLES && p.target().isPresent())
                .map(p -> Known.printed(p.target().getAsLong())).findFirst();
        if (samples.isPresent()) return samples;
        return run.facts().value(FactKey.TRAINING_IMAGES).filter(n -> n > 0).map(Known::stated);
    }

    /// The few images that all training accuracies are counted on, be they the training set or a sample of it: each is a whole share of
    /// one number below 200, which chance does not bring about.
    public Optional<Known> countedTrainingImages() {
        var series = run.run().series(Metric.ACCURACY);
        if (series.size() < 4 || !series.finite()) return Optional.empty();
        var digits = Digits.of(series);
        for (int images = 2; images <= MOST_COUNTED; images++) {
            if (digits.misses(images) > 0) continue;
            double chance = images * digits.chance(images);
            return chance < 1e-4 ? Optional.of(Known.inferred(images)) : Optional.empty();
        }
        return Optional.empty();
    }

    /// Whether nobody says how many training images there are, and their accuracy is counted on few: those can be known by heart without
    /// a clue for others.
    public boolean showsFewTrainingImages() {
        return trainingImages().isEmpty() && countedTrainingImages().isPresent();
    }

    /// Images in the validation set, or the test set that stands in for it.
    public Optional<Known> validationImages() {
        var data = run.run().data();
        if (run.run().has(Role.VALIDATION)) {
            if (data.validationImages().orElse(0) > 0) {
                return Optional.of(Known.printed(data.validationImages().getAsLong()));
            }
            var audited = run.run().epochs().stream().flatMap(epoch -> epoch.audit().stream()).findFirst();
            if (audited.isPresent()) return Optional.of(Known.printed(audited.get().setSize()));
            var test = run.facts().value(FactKey.VALIDATION_IS_TEST).filter(is -> is)
                    .flatMap(is -> run.facts().value(FactKey.TEST_IMAGES));
            return run.facts().value(FactKey.VALIDATION_IMAGES).or(() -> test).filter(n -> n > 0).map(Known::stated);
        }
        if (data.testImages().orElse(0) > 0) return Optional.of(Known.printed(data.testImages().getAsLong()));
        return run.facts().value(FactKey.TEST_IMAGES).filter(n -> n > 0).map(Known::stated);
    }

    /// Steps of one training epoch, where batches are counted.
    public Optional<Known> trainingSteps() {
        var data = run.run().data();
        if (data.trainingBatches().isPresent()) return Optional.of(Known.printed(data.trainingBatches().getAsLong()));
        var batches = progress().filter(p -> p.unit() == Progress.Unit.BATCHES && p.target().isPresent())
                .map(p -> Known.printed(p.target().getAsLong())).findFirst();
        return batches.isPresent() ? batches : run.facts().value(FactKey.STEPS_PER_EPOCH).map(Known::stated);
    }

    /// Steps of one validation.
    public Optional<Known> validationSteps() {
        var data = run.run().data();
        if (data.validationBatches().isPresent()) {
            return Optional.of(Known.printed(data.validationBatches().getAsLong()));
        }
        return run.facts().value(FactKey.VALIDATION_STEPS).map(Known::stated).or(this::shareOfSteps);
    }

    /// `int(0.25 * len(dataset))` of the batches that the images make.
    private Optional<Known> shareOfSteps() {
        var share = run.facts().value(FactKey.VALIDATION_STEPS_SHARE);
        var batch = batch();
        if (share.isEmpty() || batch.isEmpty()) return Optional.empty();
        return validationImages()
                .map(images -> Known.stated((long) (share.get() * Math.ceilDiv(images.value(), batch.get().value()))));
    }

    /// The batch size the user states for the validation generator, or for both.
    public Optional<Known> batch() {
        return run.facts().value(FactKey.VALIDATION_BATCH).or(() -> run.facts().value(FactKey.TRAINING_BATCH))
                .filter(batch -> batch > 0).map(Known::stated);
    }

    private Stream<Progress> progress() {
        return run.run().epochs().stream().map(LoggedEpoch::progress).flatMap(Optional::stream);
    }
}
