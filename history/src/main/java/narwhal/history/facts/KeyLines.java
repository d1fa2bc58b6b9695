package narwhal.history.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.OptionalDouble;

/// Reads lines `key: value` with the keys of the manual and their aliases.
final class KeyLines {
    private static final Map<String, String> ALIASES = Map.ofEntries(Map.entry("nb_train_samples", "training-images"),
            Map.entry("nb_validation_samples", "validation-images"), Map.entry("train_batchsize", "training-batch"),
            Map.entry("val_batchsize", "validation-batch"), Map.entry("steps_per_epoch", "steps-per-epoch"),
            Map.entry("validation_steps", "validation-steps"), Map.entry("nb_epoch", "epochs"),
            Map.entry("lr", "learning-rate"),
            Map.entry("learning_rate", "learning-rate"), Map.entry("validation_split", "validation-split"),
            Map.entry("batch_norm", "batch-norm"),
            Map.entry("from_logits", "from-logits"), Map.entry("class_mode", "class-mode"),
            Map.entry("early_stopping", "early-stopping"),
            Map.entry("batchnorm", "batch-norm"), Map.entry("batch-normalization", "batch-norm"),
            Map.entry("activation", "hidden-activation"));

    private KeyLines() {
    }

    /// Takes a line in: `key: value`, or several of these with semicolons between them.
    ///
    /// @return whether it is such a line with a value that fits its key
    static boolean read(String line, FactsBuilder facts) {
        var parts = List.of(line.split(";"));
        boolean several = parts.size() > 1
                && parts.stream().allMatch(part -> isBatch(name(part)) || key(name(part)).isPresent());
        return several
                ? parts.stream().filter(part -> one(part.strip(), facts)).count() > 0
                : one(line, facts);
    }

    private static boolean one(String line, FactsBuilder facts) {
        var name = name(line);
        var value = line.substring(line.indexOf(':') + 1).strip();
        if (name.isEmpty() || value.isEmpty()) return false;
        if (isBatch(name)) return batch(value, facts);
        var key = key(name);
        return key.isPresent() && set(key.get(), value, facts);
    }

    /// What stands before the colon, if it can be a key.
    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon <= 0 || colon > 40 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isBatch(String name) {
        return name.equals("batch_size") || name.equals("batch-size") || name.equals("batch size")
                || name.equals("batch");
    }

    private static Optional<FactKey<?>> key(String name) {
        return FactsReader.key(ALIASES.getOrDefault(name, name.replace(' ', '-')));
    }

    private static boolean batch(String value, FactsBuilder facts) {
        var n = count(value);
        if (n.isEmpty()) return false;
        facts.replace(FactKey.TRAINING_BATCH, n.get());
        facts.replace(FactKey.VALIDATION_BATCH, n.get());
        facts.replace(FactKey.BATCH_DIVISOR, n.get());
        return true;
    }

    @SuppressWarnings("unchecked") // the key's own type is compared first
    private static boolean set(FactKey<?> key, String value, FactsBuilder facts) {
        if (key.type() == Long.class) return put((FactKey<Long>) key, count(value), facts);
        if (key.type() == Double.class)
            return key.equals(FactKey.LEARNING_RATE)
                    ? rate(value, facts)
                    : put((FactKey<Double>) key, number(value), facts);
        if (key.type() == Boolean.class) return put((FactKey<Boolean>) key, yes(value), facts);
        if (key.type() == Counts.class) return put((FactKey<Counts>) key, counts(value), facts);
        if (key.type() == Names.class) return put((FactKey<Names>) key, names(value), facts);
        if (key.equals(FactKey.LOSS) && Stream.of(value.split("[^\\w.]+")).anyMatch(Losses::takesLogits))
            facts.byDefault(FactKey.FROM_LOGITS, true);
        if (key.type() == String.class)
            return put((FactKey<String>) key, Optional.of(name((FactKey<String>) key, value)), facts);
        if (key.equals(FactKey.FRAMEWORK)) return framework(value, facts);
        if (key.equals(FactKey.OPTIMIZER)) return sentence(value, facts, FactKey.OPTIMIZER);
        if (key.equals(FactKey.LAYERS)) return sentence(value, facts, FactKey.LAYERS);
        return monitor((FactKey<MonitorFact>) key, value, facts);
    }

    private static <T> boolean put(FactKey<T> key, Optional<T> value, FactsBuilder facts) {
        value.ifPresent(known -> facts.replace(key, known));
        return value.isPresent();
    }

    private static Optional<Long> count(String value) {
        long count = Tokens.count(Tokens.of(value), 0);
        return count < 0 ? Optional.empty() : Optional.of(count);
    }

    private static Optional<Double> number(String value) {
        var tokens = Tokens.of(value);
        int first = !tokens.isEmpty() && tokens.getFirst().is("~", "-") ? 1 : 0;
        if (tokens.size() <= first || !tokens.get(first).isNumber()) {
            return yes(value).filter(is -> !is).map(no -> 0.0);
        }
        double number = tokens.get(first).number();
        boolean divided = tokens.size() > first + 2 && tokens.get(first + 1).is("/")
                && tokens.get(first + 2).number() > 0;
        if (divided) return Optional.of(number / tokens.get(first + 2).number());
        boolean percent = tokens.size() > first + 1 && tokens.get(first + 1).is("%");
        return Optional.of(percent ? number / 100 : number);
    }

    private static boolean rate(String value, FactsBuilder facts) {
        var rate = number(value);
        rate.ifPresent(known -> {
            facts.rate(known);
            facts.replace(FactKey.LEARNING_RATE, known);
        });
        return rate.isPresent();
    }

    private static Optional<Boolean> yes(String value) {
        var first = value.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", 2)[0];
        return switch (first) {
            case "yes", "true", "on", "y" -> Optional.of(true);
            case "no", "false", "off", "none", "n", "never" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Counts> counts(String value) {
        List<Long> counts = Tokens.of(value.replace(",", " ; ")).stream().map(Tokens.Token::whole).filter(n -> n >= 0)
                .toList();
        return counts.isEmpty() ? Optional.empty() : Optional.of(new Counts(counts));
    }

    private static Optional<Names> names(String value) {
        var names = Arrays.stream(value.split("[^\\w@.]+")).filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT)).toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(new Names(names));
    }

    private static String name(FactKey<String> key, String value) {
        var text = FactsBuilder.shortened(value);
        var bare = text.replace("'", "").replace("\"", "");
        if (key.equals(FactKey.LOSS)) {
            var tokens = Tokens.of(bare);
            for (int i = 0; i < tokens.size(); i++) {
                var loss = Losses.name(tokens, i);
                if (loss.isPresent()) return loss.get();
            }
            return bare.toLowerCase(Locale.ROOT);
        }
        if (key.equals(FactKey.HIDDEN_ACTIVATION) || key.equals(FactKey.OUTPUT_ACTIVATION)) {
            return Activations.name(bare).orElse(bare.toLowerCase(Locale.ROOT));
        }
        if (key.equals(FactKey.INITIALIZER)) return Initializers.name(bare).orElse(bare.toLowerCase(Locale.ROOT));
        if (key.equals(FactKey.CLASS_MODE) || key.equals(FactKey.TARGET)) return bare.toLowerCase(Locale.ROOT);
        boolean none = bare.equalsIgnoreCase("no") || bare.equalsIgnoreCase("none") || bare.equalsIgnoreCase("false");
        return none && (key.equals(FactKey.CLIPPING) || key.equals(FactKey.SCHEDULE)) ? "none" : text;
    }

    private static boolean framework(String value, FactsBuilder facts) {
        var words = value.split("[ =]+", 3);
        var name = words[0].toLowerCase(Locale.ROOT);
        var version = words.length > 1 ? words[1].replaceFirst("^v", "") : "";
        facts.replace(FactKey.FRAMEWORK, new Framework(switch (name) {
            case "tf", "tf.keras", "tf-keras" -> "tensorflow";
            case "torch" -> "pytorch";
            default -> name;
        }, version));
        return true;
    }

    /// A value that is a sentence of its own.
    private static boolean sentence(String value, FactsBuilder facts, FactKey<?> key) {
        var own = new FactsBuilder();
        own.begin(value);
        facts.soFar().value(FactKey.FRAMEWORK).ifPresent(framework -> own.put(FactKey.FRAMEWORK, framework));
        FreeText.read(value, own);
        if (!own.has(key)) return false;
        if (key.equals(FactKey.LAYERS)) {
            own.build().value(FactKey.LAYERS).ifPresent(layers -> facts.replace(FactKey.LAYERS, layers));
            own.build().value(FactKey.OUTPUT_UNITS).ifPresent(units -> facts.byDefault(FactKey.OUTPUT_UNITS, units));
            own.build().value(FactKey.OUTPUT_ACTIVATION)
                    .ifPresent(name -> facts.byDefault(FactKey.OUTPUT_ACTIVATION, name));
            own.build().value(FactKey.DROPOUT).ifPresent(rate -> facts.put(FactKey.DROPOUT, rate));
        } else {
            var optimizer = own.build().value(FactKey.OPTIMIZER).orElseThrow();
            var rate = optimizer.defaultRate() ? OptionalDouble.empty() : optimizer.learningRate();
            facts.optimizer(optimizer.name(), rate, optimizer.momentum());
            own.build().get(FactKey.MOMENTUM).ifPresent(momentum -> facts.put(FactKey.MOMENTUM, momentum.value()));
        }
        return true;
    }

    private static boolean monitor(FactKey<MonitorFact> key, String value, FactsBuilder facts) {
        if (yes(value).filter(is -> !is).isPresent()) {
            facts.understood();
            return true;
        }
        var own = new FactsBuilder();
        own.begin(value);
        FreeText.read(key.name() + " (" + value.replace("(", " ").replace(")", " ") + ")", own);
        var found = own.build().value(key);
        found.ifPresent(known -> facts.replace(key, known));
        return found.isPresent();
    }
}
