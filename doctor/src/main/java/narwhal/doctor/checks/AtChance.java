package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Say;
import narwhal.doctor.statistics.Robust;

/// A network that is good on its training images while validation never leaves chance, or does worse than that. Looked at are the
/// epochs in which training knows something: before, nobody can disagree.
///
/// @param trained the best training accuracy
/// @param level median validation accuracy of those epochs
/// @param below whether it ends below chance: then right answers cannot be given at all, or are given under other names
/// @param agreedEarly whether validation was like training as long as training knew nothing; empty without such an epoch
/// @param nats how much likelier that is when both sides do not fit together than in a healthy run
/// @param words what is printed
/// @param lossWords the same of the losses, where printed
record AtChance(double trained, double level, boolean below, Optional<Boolean> agreedEarly, double nats, String words,
        Optional<String> lossWords) {
    private static final double LOW = 0.15;
    private static final double UNKNOWN_BELOW = 0.03;
    /// A network that is right this much more often than guessing knows something.
    private static final double KNOWS = 0.2;
    private static final int FEWEST_IMAGES = 30;
    /// A standard error above which guessing and knowing look alike.
    private static final double BLURRED = 0.05;
    private static final int FEW_CLASSES = 6;
    private static final double APART = 0.15;

    static Optional<AtChance> of(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.isEmpty() || validation.isEmpty()) return Optional.empty();
        // So few images stand at chance by chance.
        if (run.scoring().scored(run).filter(images -> images.value() < FEWEST_IMAGES).isPresent())
            return Optional.empty();
        var guessing = guessing(run);
        if (training.most() < Math.max(0.5, guessing.orElse(0) + KNOWS)) return Optional.empty();
        var known = knowing(training, validation, guessing);
        int least = run.run().finalOnly() ? 1 : 3;
        if (known.length < least || isOfAHandful(run)) return Optional.empty();
        var values = Arrays.stream(known).mapToDouble(i -> validation.value(i)).toArray();
        double level = Robust.median(values);
        double most = Arrays.stream(values).max().orElse(1);
        boolean far = guessing.isPresent() || level <= training.most() / 2;
        if (!far || !stays(run, guessing, level, most) || !lossHigh(run, known, level)) return Optional.empty();
        double late = Robust.median(Arrays.copyOfRange(values, values.length * 2 / 3, values.length));
        boolean blurred = guessing.isPresent() && isBlurred(run, guessing.getAsDouble());
        if (blurred && late >= bottom(run)) return Optional.empty();
        double each = run.chance().isPresent() ? 2.0 : 1.2;
        double nats = Math.min(10, (run.run().finalOnly() ? 5 : 1) + each * known.length);
        return Optional.of(new AtChance(training.most(), level, late < bottom(run), agreedEarly(run, guessing), nats,
                Say.format("training accuracy %.3f, validation %.3f in %s%s", training.most(), level,
                        known.length == validation.size()
                                ? Say.format("all %d epochs", known.length)
                                : Say.format("the %d epochs in which training knows something", known.length),
                        guessing.isPresent()
                                ? Say.format(", guessing gives %.3f", guessing.getAsDouble())
                                : ""),
                losses(run)));
    }

    /// Who has learned a handful of images knows nothing of others, and of a few others all may be wrong.
    static boolean isOfAHandful(Case run) {
        return run.sizes().validationImages().isEmpty()
                && run.sizes().trainingImages().or(() -> run.sizes().countedTrainingImages())
                        .filter(images -> images.value() < FEWEST_IMAGES).isPresent();
    }

    /// Whether so few images are scored that guessing and knowing look alike.
    static boolean isBlurred(Case run, double guessing) {
        return run.standardError(guessing).orElse(0) > BLURRED;
    }

    /// Whether training itself is hardly better than guessing in its first two epochs: what can be learned from other images is learned
    /// sooner than by heart.
    static boolean beganGuessing(Case run) {
        if (run.chance().isEmpty() || run.accuracy().size() < 5) return false;
        double chance = run.chance().getAsDouble();
        return run.accuracy().value(1) < chance + 0.15 * (1 - chance);
    }

    /// What guessing reaches: from the classes, or 1/k for a small whole k where nobody says how many classes there are, validation
    /// stands there from the first epoch to the last, and both sides never agreed. In the first epoch training, too, meets images
    /// that are new to it, so it is not learning by heart that sets it apart from validation then.
    private static OptionalDouble guessing(Case run) {
        var validation = run.rawValidationAccuracy();
        boolean silent = validation.size() < 5 || run.loss().isEmpty() || run.rawValidationLoss().isEmpty();
        if (run.chance().isPresent() || silent) return run.chance();
        boolean apart = run.accuracy().first() > validation.first() + KNOWS
                && run.rawValidationLoss().first() > 2 * run.loss().first();
        if (!apart) return OptionalDouble.empty();
        double level = validation.median();
        return IntStream.rangeClosed(2, FEW_CLASSES).mapToDouble(classes -> 1.0 / classes)
                .filter(share -> Math.abs(level / share - 1) < 0.04)
                .filter(share -> validation.most() < share + 0.1 && validation.least() > share - 0.1).findFirst();
    }

    /// Half of what guessing reaches. Where nobody says how many classes there are, the loss of a first epoch that has learned little
    /// does: it is near the logarithm of their number, and half as many more are allowed for.
    private static double bottom(Case run) {
        if (run.chance().isPresent()) return 0.5 * run.chance().getAsDouble();
        boolean early = run.accuracy().first() < 0.5 && !run.loss().isEmpty();
        return early ? 0.5 / (1.5 * Math.exp(Math.min(7, run.loss().first()))) : UNKNOWN_BELOW;
    }

    /// How often training is right when it knows something: half the way from guessing to its best, and at least half of the time.
    private static double enough(Curve training, OptionalDouble guessing) {
        return Math.max(0.5, (guessing.orElse(0) + training.most()) / 2);
    }

    private static int[] knowing(Curve training, Curve validation, OptionalDouble guessing) {
        double enough = enough(training, guessing);
        return IntStream.range(0, Math.min(training.size(), validation.size())).filter(i -> training.value(i) >= enough)
                .toArray();
    }

    private static boolean stays(Case run, OptionalDouble guessing, double level, double most) {
        var validation = run.rawValidationAccuracy();
        if (guessing.isPresent()) {
            double chance = guessing.getAsDouble();
            double error = run.standardError(chance).orElse(0.02);
            return level <= chance + Math.max(3 * error, 0.02) && most <= chance + Math.max(6 * error, 0.1);
        }
        boolean frozen = validation.frozenAtEnd() >= Math.max(4, 0.8 * validation.size());
        return frozen || level <= unknownChance(run) && most <= unknownChance(run) + 0.1;
    }

    /// What guessing reaches at most where nobody says how many classes there are. The first epoch begins near the logarithm of their
    /// number and only gets better, so there are at least as many as its mean says.
    private static double unknownChance(Case run) {
        if (run.loss().isEmpty()) return LOW;
        return Math.max(LOW, Math.min(0.34, Math.exp(-run.loss().first()) + 0.02));
    }

    /// The loss is not better than that of a network that knows nothing, in nearly all of those epochs.
    private static boolean lossHigh(Case run, int[] known, double level) {
        var loss = run.rawValidationLoss();
        if (loss.size() < run.rawValidationAccuracy().size()) return true;
        double ignorant = Math.max(run.entropy().orElse(0), run.loss().isEmpty() ? 0 : run.loss().first());
        double factor = run.classes().isPresent() || level <= unknownChance(run) ? 0.98 : 2;
        long high = Arrays.stream(known).filter(i -> loss.value(i) > factor * ignorant).count();
        return high >= 0.8 * known.length;
    }

    private static Optional<Boolean> agreedEarly(Case run, OptionalDouble guessing) {
        var training = run.accuracy();
        var one = run.loss();
        var other = run.rawValidationLoss();
        boolean apart = !one.isEmpty() && !other.isEmpty() && one.epoch(0) != other.epoch(0);
        boolean both = !apart && one.size() >= 3 && other.size() >= one.size() && training.size() >= one.size();
        // Where no losses are printed, or those of the first epochs are no numbers, accuracies alone tell.
        boolean neither = (one.isEmpty() && other.isEmpty() || apart) && training.size() >= 3;
        if (!both && !neither || training.first() >= enough(training, guessing)) return Optional.empty();
        // In the first epoch training, too, meets images that are new to it: validation is as often right, or something differs.
        boolean accuracies = run.rawValidationAccuracy().first() > training.first() - APART;
        return Optional.of(accuracies && (neither || other.first() < 1.25 * one.first() && !ruledOut(one, other)));
    }

    /// Validation already costs far more than not to know while training still knows next to nothing.
    private static boolean ruledOut(Curve training, Curve validation) {
        for (int i = 1; i < training.size() && training.value(i) > 0.85 * training.first(); i++)
            if (validation.value(i) > 1.5 * training.first()) return true;
        return false;
    }

    private static Optional<String> losses(Case run) {
        if (run.rawValidationLoss().isEmpty() || run.loss().isEmpty()) return Optional.empty();
        return Optional.of(
                Say.format("validation loss %s at the end, training loss %s", Say.value(run.rawValidationLoss().last()),
                        Say.value(run.loss().last())));
    }
}
