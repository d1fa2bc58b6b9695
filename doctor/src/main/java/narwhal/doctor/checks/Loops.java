package narwhal.doctor.checks;

import java.util.Optional;
import java.util.OptionalInt;
import narwhal.doctor.Case;
import narwhal.doctor.forensics.ScoringLoop;
import narwhal.doctor.forensics.ValidationSet;
import narwhal.history.facts.FactKey;
import narwhal.history.facts.Framework;
import narwhal.history.log.Event;

/// What the statements say about the evaluation loop, and the words that the checks of it share.
final class Loops {
    /// To leave out more of the set is worth a warning.
    static final double LEFT_OUT = 0.05;
    static final String REMEDY_STEPS = "validation_steps=None          # or ceil(%d / validation_generator.batch_size)";
    static final String REMEDY_UNCOUNTED = "validation_steps=None          # or ceil(images / validation_generator.batch_size)";
    static final String CONFIRM_TWICE = "evaluate the same weights twice without training: the two numbers differ";
    static final String REMEDY_RESET = "validation_generator.reset()   # before each evaluation";

    private Loops() {
    }

    /// The batches that a validation leaves out or counts twice, by the statements alone: steps, batch and set size.
    static Optional<ScoringLoop> stated(Case run) {
        var batch = run.sizes().batch();
        var steps = run.sizes().validationSteps();
        var images = run.sizes().validationImages();
        if (batch.isEmpty() || steps.isEmpty() || images.isEmpty() || steps.get().value() < 1) return Optional.empty();
        if (batch.get().value() > images.get().value() || batch.get().value() > 100_000) return Optional.empty();
        var set = new ValidationSet(images.get().value(), (int) batch.get().value());
        return Optional.of(new ScoringLoop.Restarting(set, (int) Math.min(Integer.MAX_VALUE / 4, steps.get().value())));
    }

    /// Whether validation is stated to be shuffled.
    static boolean shuffled(Case run) {
        return run.facts().value(FactKey.VALIDATION_SHUFFLE).orElse(false);
    }

    /// Whether validation is stated to come in the same order always.
    static boolean keepsItsOrder(Case run) {
        return run.facts().value(FactKey.VALIDATION_SHUFFLE).filter(shuffle -> !shuffle).isPresent()
                || run.facts().value(FactKey.VALIDATION_SORTED).orElse(false);
    }

    /// Whether the validation iterator of the stated framework lives on between epochs: yes, no, or unknown.
    static Optional<Boolean> livesOn(Case run) {
        return run.facts().value(FactKey.FRAMEWORK).flatMap(Loops::livesOn);
    }

    private static Optional<Boolean> livesOn(Framework framework) {
        var parts = framework.version().split("\\.", -1);
        if (!framework.name().equals("keras") || parts.length < 2) return Optional.empty();
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = Integer.parseInt(parts[1]);
            if (parts.length < 3 || parts[2].isEmpty()) return livesOnMostly(major, minor);
            return livesOn(major * 10_000 + minor * 100 + Integer.parseInt(parts[2].replaceAll("\\D.*", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Of a release whose last number is not said: `Keras 2.2` is 2.2.1 to 2.2.5 but for once. Of 2.0 and 2.1 nobody knows.
    private static Optional<Boolean> livesOnMostly(int major, int minor) {
        if (major == 2 && minor < 2) return Optional.empty();
        return livesOn(major * 10_000 + minor * 100 + 2);
    }

    private static Optional<Boolean> livesOn(int version) {
        if (version < 20009) return Optional.of(true);
        if (version < 20103) return Optional.of(false);
        if (version < 20105) return Optional.of(true);
        if (version < 20201) return Optional.of(false);
        if (version < 20400) return Optional.of(true);
        if (version < 30000) return Optional.of(false);
        return Optional.of(version < 30700);
    }

    /// The batch size from which the printed training steps follow, if only one does.
    static OptionalInt divisor(Case run) {
        var divisors = run.scoring().known().divisors();
        return divisors.size() == 1 ? OptionalInt.of(divisors.iterator().next()) : OptionalInt.empty();
    }

    /// Whether a callback decides by validation figures: a checkpoint, early stopping or a plateau rule, in messages or facts.
    static boolean decides(Case run) {
        boolean stated = run.facts().has(FactKey.CHECKPOINT) || run.facts().has(FactKey.EARLY_STOPPING)
                || run.facts().has(FactKey.REDUCE_LR);
        return stated || run.run().events().stream().anyMatch(event -> switch (event) {
            case Event.Checkpoint checkpoint -> checkpoint.monitor().isPresent();
            case Event.EarlyStopping stopping -> true;
            case Event.BestRestored restored -> true;
            case Event.LearningRate rate -> rate.onPlateau();
            default -> false;
        });
    }

    /// How much of the set a window covers, in words for a title.
    static String part(ScoringLoop loop) {
        double covered = (double) loop.steps() / loop.set().batches();
        if (Math.abs(covered - 0.5) < 0.03) return "half";
        if (Math.abs(covered - 1 / 3.0) < 0.02) return "third";
        if (Math.abs(covered - 0.25) < 0.02) return "quarter";
        return "part";
    }
}
