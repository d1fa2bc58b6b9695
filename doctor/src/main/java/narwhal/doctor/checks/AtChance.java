package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Say;

/// A network that is good on its training images while validation never leaves chance.
///
/// @param trained the best training accuracy
/// @param level median validation accuracy
/// @param nats how much likelier that is when both sides do not fit together than in a healthy run
/// @param words what is printed
/// @param lossWords the same of the losses, where printed
record AtChance(double trained, double level, double nats, String words, Optional<String> lossWords) {
    private static final double UNKNOWN_CHANCE = 0.1;

    static Optional<AtChance> of(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.isEmpty() || validation.isEmpty()) return Optional.empty();
        var chance = run.chance();
        double error = run.standardError(chance.orElse(UNKNOWN_CHANCE)).orElse(0.02);
        double top = chance.isPresent() ? chance.getAsDouble() + Math.max(3 * error, 0.01) : UNKNOWN_CHANCE;
        double bottom = chance.isPresent() ? Math.max(0.2 * chance.getAsDouble(), chance.getAsDouble() - 0.3) : 0.02;
        long inside = Arrays.stream(validation.values()).filter(v -> v >= bottom && v <= top).count();
        boolean frozen = chance.isEmpty() && validation.last() > bottom
                && validation.frozenAtEnd() >= Math.max(4, 0.8 * validation.size());
        boolean nearlyAll = frozen || inside >= Math.max(1, 0.9 * validation.size());
        if (!nearlyAll || !lossHigh(run)) return Optional.empty();
        double each = chance.isPresent() ? 2.0 : 1.2;
        double nats = Math.min(10, (run.run().finalOnly() ? 5 : 1) + each * validation.size());
        return Optional.of(new AtChance(training.most(), validation.median(), nats,
                Say.format("training accuracy %.3f, validation %.3f in all %d epochs%s", training.most(),
                        validation.median(), validation.size(), chance.isPresent()
                                ? Say.format(", guessing gives %.3f", chance.getAsDouble())
                                : ""),
                losses(run)));
    }

    private static boolean lossHigh(Case run) {
        var loss = run.rawValidationLoss();
        if (loss.isEmpty()) return true;
        if (run.classes().isPresent()) return loss.last() > Math.min(2, 1.5 * Math.log(run.classes().get().value()));
        return run.loss().isEmpty() || loss.last() > 2 && loss.last() > 5 * run.loss().last();
    }

    private static Optional<String> losses(Case run) {
        if (run.rawValidationLoss().isEmpty() || run.loss().isEmpty()) return Optional.empty();
        return Optional.of(
                Say.format("validation loss %s at the end, training loss %s", Say.value(run.rawValidationLoss().last()),
                        Say.value(run.loss().last())));
    }
}
