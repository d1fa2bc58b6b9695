package narwhal.doctor.checks;

import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import narwhal.doctor.Case;
import narwhal.history.facts.FactKey;

/// What a stated learning rate is worth.
final class Rates {
    private static final Set<String> ADAPTIVE = Set.of("adam", "adamw", "nadam", "adamax", "amsgrad", "rmsprop",
            "radam",
            "lion");

    private static final double ANYBODY = 0.3;
    private static final Pattern RISES = Pattern
            .compile("\\b10(?:\\.0)?\\s*\\*\\*\\s*\\(?\\s*epoch|pow\\(10,\\s*epoch");
    /// What a rate of a hundred times the default is worth, see [#tooHigh].
    static final double HUNDREDFOLD = 4;

    private Rates() {
    }

    /// The stated rate over what is usual at most for its optimizer (0.003 for the Adam family, 0.1 for SGD); empty where no
    /// rate is known.
    static OptionalDouble overUsual(Case run) {
        var rate = run.learningRate();
        if (rate.isEmpty()) return rate;
        return OptionalDouble.of(rate.getAsDouble() / (adaptive(run) ? 3e-3 : 0.1));
    }

    /// The stated rate over the default of its optimizer: 1e-3 for the Adam family, 1e-2 for SGD, 1 for Adadelta as its paper has it.
    static OptionalDouble overDefault(Case run) {
        var rate = run.learningRate();
        // No optimizer takes such a rate, whichever it is.
        if (rate.isPresent() && run.optimizer().isEmpty() && rate.getAsDouble() >= ANYBODY)
            return OptionalDouble.of(rate.getAsDouble() / 1e-2);
        if (rate.isEmpty() || run.optimizer().isEmpty()) return OptionalDouble.empty();
        if (run.optimizer().get().name().equals("adadelta")) return rate;
        return OptionalDouble.of(rate.getAsDouble() / (adaptive(run) ? 1e-3 : 1e-2));
    }

    static boolean adaptive(Case run) {
        return run.optimizer().map(optimizer -> ADAPTIVE.contains(optimizer.name())).orElse(true);
    }

    /// How much a stated rate speaks for one that is too high, in nats: with every factor ten above the default 2, below it
    /// as much against.
    static double tooHigh(Case run) {
        var over = overDefault(run);
        if (over.isEmpty() || over.getAsDouble() <= 0) return 0;
        return Math.clamp(2 * Math.log10(over.getAsDouble()), -3, HUNDREDFOLD);
    }

    /// Whether a rate is stated that is more than ten times the default of its optimizer, or ten times and more than usual.
    static boolean areFarTooHigh(Case run) {
        double nats = tooHigh(run);
        return nats > 2 || nats == 2 && overUsual(run).orElse(0) > 1;
    }

    /// Whether a schedule is stated that raises the rate from epoch to epoch, as a range test does: `1e-8 * 10**(epoch / 20)`.
    static boolean rises(Case run) {
        return run.facts().value(FactKey.SCHEDULE).filter(words -> RISES.matcher(words).find()).isPresent();
    }

    /// Whether a rate is stated with which no optimizer gets anywhere.
    static boolean isNextToNothing(Case run) {
        var rate = run.learningRate();
        return rate.isPresent() && run.optimizer().isPresent() && rate.getAsDouble() <= (adaptive(run) ? 1e-6 : 1e-5);
    }

    /// The rate in words: `Adam 3e-5`.
    static String words(Case run) {
        var name = run.optimizer().map(optimizer -> optimizer.name() + " ").orElse("a rate of ");
        return name + rate(run.learningRate().orElse(Double.NaN));
    }

    static String rate(double rate) {
        return rate >= 0.001
                ? narwhal.doctor.Say.format("%.4f", rate).replaceAll("0+$", "").replaceAll("\\.$", "")
                : narwhal.doctor.Say.chance(rate);
    }
}
