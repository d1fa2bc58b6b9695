package narwhal.history.facts;

import java.util.OptionalDouble;

/// Facts while lines come in. What is said first stays, except that a stated value replaces a default and an explicit
/// `key: value` line replaces anything.
final class FactsBuilder {
    private static final int LONGEST = 200;

    private Facts facts = Facts.NONE;
    private String line = "";
    private boolean understood;

    /// Begins a line; what follows is taken from it.
    void begin(String text) {
        line = shortened(text);
        understood = false;
    }

    /// Ends a line; one of which nothing was taken is kept as ignored.
    void end() {
        if (!understood && !line.isEmpty()) facts = facts.ignoring(line);
    }

    static String shortened(String text) {
        var trimmed = text.strip();
        return trimmed.length() > LONGEST ? trimmed.substring(0, LONGEST) : trimmed;
    }

    /// States a value unless something is stated already.
    <T> void put(FactKey<T> key, T value) {
        understood = true;
        var earlier = facts.get(key);
        if (earlier.isEmpty() || earlier.get().byDefault()) facts = facts.with(key, new Stated<>(value, line, false));
    }

    /// States a value whatever was stated before.
    <T> void replace(FactKey<T> key, T value) {
        understood = true;
        facts = facts.with(key, new Stated<>(value, line, false));
    }

    /// States a value that follows from a choice.
    <T> void byDefault(FactKey<T> key, T value) {
        understood = true;
        if (!facts.has(key)) facts = facts.with(key, new Stated<>(value, line, true));
    }

    /// Counts a line as understood though it states nothing that has a key.
    void understood() {
        understood = true;
    }

    boolean isUnderstood() {
        return understood;
    }

    boolean has(FactKey<?> key) {
        return facts.has(key);
    }

    /// A batch size, for training, validation or, where neither is named, for both and for the division of the image counts.
    void batch(Sets sets, long size) {
        if (sets != Sets.VALIDATION) put(FactKey.TRAINING_BATCH, size);
        if (sets != Sets.TRAINING) put(FactKey.VALIDATION_BATCH, size);
        if (sets == Sets.ALL) put(FactKey.BATCH_DIVISOR, size);
    }

    /// An optimizer with its rate, or the default of the framework.
    void optimizer(String name, OptionalDouble rate, OptionalDouble momentum) {
        var defaultRate = rate.isPresent() ? rate : Optimizers.defaultRate(name, facts.value(FactKey.FRAMEWORK));
        var fact = new OptimizerFact(name, defaultRate, rate.isEmpty(), momentum);
        put(FactKey.OPTIMIZER, fact);
        momentum.ifPresent(value -> put(FactKey.MOMENTUM, value));
        if (rate.isPresent()) put(FactKey.LEARNING_RATE, rate.getAsDouble());
        else
            defaultRate.ifPresent(value -> byDefault(FactKey.LEARNING_RATE, value));
    }

    /// A rate that stands apart from the optimizer.
    void rate(double rate) {
        put(FactKey.LEARNING_RATE, rate);
        var optimizer = facts.get(FactKey.OPTIMIZER);
        if (optimizer.isPresent() && optimizer.get().value().defaultRate()) {
            var known = optimizer.get().value();
            facts = facts.with(FactKey.OPTIMIZER,
                    new Stated<>(new OptimizerFact(known.name(), OptionalDouble.of(rate), false,
                            known.momentum()), optimizer.get().line(), false));
        }
    }

    Facts build() {
        return facts;
    }

    Facts soFar() {
        return facts;
    }

    /// Which of the image sets a statement speaks of.
    enum Sets {
        TRAINING,
        VALIDATION,
        ALL
    }
}
