package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Name;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Op;
import narwhal.history.facts.Python.Seq;

/// What a script says of its data: generators, loaders, divisions of the pictures by their scale, classes that stand behind each other.
final class ScriptData {
    private static final Set<String> AUGMENTING = Set.of("rotation_range", "width_shift_range", "height_shift_range",
            "shear_range", "zoom_range",
            "horizontal_flip", "vertical_flip", "brightness_range", "channel_shift_range");

    private static final Set<String> DRAWN = Set.of("random", "rand", "randint", "random_sample", "choice", "uniform");

    /// `x_` and more.
    private static final int SHORTEST_START = 2;

    private final FactsBuilder facts;
    private final Variables variables;
    private final Consumer<Node> within;

    /// @param within reads an expression that stands within a call
    ScriptData(FactsBuilder facts, Variables variables, Consumer<Node> within) {
        this.facts = facts;
        this.variables = variables;
        this.within = within;
    }

    /// Takes a call in, if it is one that makes data.
    boolean read(Call call, String target) {
        switch (call.function()) {
            case "flow_from_directory", "flow_from_dataframe", "flow" -> flow(call, target);
            case "image_dataset_from_directory" -> dataset(call, target);
            case "ImageDataGenerator" -> generator(call, target);
            case "DataLoader" -> loader(call, target);
            case "shuffle" -> shuffled(call);
            case "array", "concatenate", "vstack", "hstack", "append" -> stacked(call);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// `x_train = x_train.astype('float32') / 255`.
    void scaling(String target, Node value, String source, boolean combined) {
        var lower = target.toLowerCase(Locale.ROOT);
        boolean images = lower.startsWith("x") || lower.contains("images") || lower.contains("img")
                || lower.contains("data");
        if (!images || !source.contains("/") || !(source.contains("255") || source.contains("127.5"))) return;
        if (!combined && !(value instanceof Op)) return;
        var text = FactsBuilder.shortened(source);
        if (lower.contains("train")) facts.put(FactKey.TRAINING_PREPROCESSING, text);
        else if (lower.contains("val") || lower.contains("test")) facts.put(FactKey.VALIDATION_PREPROCESSING, text);
    }

    /// `np.random.shuffle(train_labels)`: labels that are shuffled alone belong to other images. Who shuffles both does it in one order.
    private void shuffled(Call call) {
        facts.understood();
        if (call.arguments().size() != 1 || !(call.arguments().getFirst() instanceof Name name)) return;
        if (areLabels(name.value())) facts.put(FactKey.RANDOM_LABELS, true);
        else
            facts.replace(FactKey.RANDOM_LABELS, false);
    }

    private static boolean areLabels(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("label") || lower.contains("target") || lower.startsWith("y_") || lower.endsWith("_y")
                || lower.equals("y");
    }

    /// `train_y = np.random.random((1000, 10))`: labels that were drawn belong to no image.
    void drawn(String target, Node value) {
        if (!(value instanceof Call call) || !areLabels(target)) return;
        boolean wraps = call.function().equals("to_categorical") && !call.arguments().isEmpty();
        if (wraps) drawn(target, call.arguments().getFirst());
        else if (call.callee().startsWith("np.random.") && DRAWN.contains(call.function()))
            facts.put(FactKey.RANDOM_LABELS, true);
    }

    /// `np.array(x_train_cats + x_train_dogs)`, `np.concatenate((x_cats, x_dogs))`: one class behind the other.
    private void stacked(Call call) {
        call.arguments().forEach(within);
        var parts = new ArrayList<String>();
        for (var argument : call.arguments()) parts(argument, parts);
        for (int k = 1; k < parts.size(); k++) {
            if (commonStart(parts.get(k - 1), parts.get(k)) < SHORTEST_START) return;
        }
        if (parts.size() > 1) facts.byDefault(FactKey.VALIDATION_SORTED, true);
    }

    private static void parts(Node node, List<String> parts) {
        switch (node) {
            case Name name -> parts.add(name.value());
            case Seq seq -> seq.values().forEach(value -> parts(value, parts));
            case Op op when op.operator().equals("+") -> {
                parts(op.left(), parts);
                parts(op.right(), parts);
            }
            default -> {
                // Anything else is no array that was collected before.
            }
        }
    }

    /// How many letters two names begin with alike, an underscore the last of them; 0 if one is named like training and the other like
    /// validation.
    private static int commonStart(String one, String other) {
        int i = 0;
        while (i < Math.min(one.length(), other.length()) && one.charAt(i) == other.charAt(i)) i++;
        i = one.lastIndexOf('_', i - 1) + 1;
        boolean sets = setOf(one.substring(i)).isPresent() || setOf(other.substring(i)).isPresent();
        return sets ? 0 : i;
    }

    /// Whether a name speaks of the test set.
    static boolean isTest(String name) {
        return name.toLowerCase(Locale.ROOT).contains("test");
    }

    private static Optional<Sets> setOf(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("val") || lower.contains("dev")) return Optional.of(Sets.VALIDATION);
        if (lower.contains("train")) return Optional.of(Sets.TRAINING);
        return Optional.empty();
    }

    private void flow(Call call, String target) {
        if (isTest(target)) {
            facts.understood();
            return;
        }
        var sets = setOf(target).or(() -> variables.text(call.argument(0, "directory")).flatMap(ScriptData::setOf))
                .or(() -> setOf(call.callee()))
                .or(() -> variables.text(call.argument(-1, "subset")).flatMap(ScriptData::setOf));
        if (sets.isEmpty()) return;
        batch(call, sets.get());
        boolean directory = !call.function().equals("flow");
        var shuffle = variables.yes(call.argument(-1, "shuffle"));
        facts.put(sets.get() == Sets.TRAINING ? FactKey.TRAINING_SHUFFLE : FactKey.VALIDATION_SHUFFLE,
                shuffle.orElse(true));
        if (directory) {
            facts.put(FactKey.CLASS_MODE,
                    variables.text(call.argument(-1, "class_mode")).orElse("categorical").toLowerCase(Locale.ROOT));
            if (sets.get() == Sets.VALIDATION && shuffle.filter(value -> !value).isPresent()
                    && call.function().equals("flow_from_directory")) {
                facts.byDefault(FactKey.VALIDATION_SORTED, true);
            }
        }
        generatorOf(call).ifPresent(generator -> described(generator, sets.get()));
    }

    /// The batches of a generator: 32 by Keras' default, also where a variable `batch_size` stands above that the generator does not get.
    private void batch(Call call, Sets sets) {
        var stated = call.argument(-1, "batch_size");
        if (stated.isPresent()) facts.batch(sets, variables.whole(stated).orElse(32));
        else
            facts.replace(sets == Sets.TRAINING ? FactKey.TRAINING_BATCH : FactKey.VALIDATION_BATCH, 32L);
    }

    private Optional<Call> generatorOf(Call call) {
        int point = call.callee().lastIndexOf('.');
        if (point < 0) return Optional.empty();
        return variables.call(call.callee().substring(0, point), "ImageDataGenerator");
    }

    private void described(Call generator, Sets sets) {
        boolean augments = generator.keywords().keySet().stream().anyMatch(AUGMENTING::contains);
        facts.put(sets == Sets.TRAINING ? FactKey.TRAINING_AUGMENTED : FactKey.VALIDATION_AUGMENTED, augments);
        facts.put(sets == Sets.TRAINING ? FactKey.TRAINING_PREPROCESSING : FactKey.VALIDATION_PREPROCESSING,
                recipe(generator));
    }

    private static String recipe(Call generator) {
        var text = FactsBuilder
                .shortened(generator.source().substring(generator.source().indexOf('(') + 1).replaceAll("\\)$", ""));
        return text.isEmpty() ? "none" : text;
    }

    private void generator(Call call, String target) {
        facts.understood();
        variables.number(call.argument(-1, "validation_split")).ifPresent(v -> facts.put(FactKey.VALIDATION_SPLIT, v));
        if (target.isEmpty()) return;
        variables.set(target, call);
        // Until its flow says more, `train_datagen` is for training, and `datagen` for both.
        var sets = setOf(target).orElse(Sets.ALL);
        if (sets != Sets.VALIDATION) facts.byDefault(FactKey.TRAINING_PREPROCESSING, recipe(call));
        if (sets != Sets.TRAINING) facts.byDefault(FactKey.VALIDATION_PREPROCESSING, recipe(call));
    }

    private void dataset(Call call, String target) {
        var sets = variables.text(call.argument(-1, "subset")).flatMap(ScriptData::setOf).or(() -> setOf(target));
        var shuffle = variables.yes(call.argument(-1, "shuffle"));
        // A test set may stand in for validation.
        if (sets.isEmpty() && isTest(target)) {
            facts.understood();
            facts.byDefault(FactKey.VALIDATION_SHUFFLE, shuffle.orElse(true));
        }
        boolean training = sets.filter(Sets.TRAINING::equals).isPresent();
        // Unshuffled, the files of a folder come class by class.
        if (!training && !shuffle.orElse(true)) facts.byDefault(FactKey.VALIDATION_SORTED, true);
        if (sets.isEmpty()) return;
        batch(call, sets.get());
        shuffle.ifPresent(
                value -> facts.put(training ? FactKey.TRAINING_SHUFFLE : FactKey.VALIDATION_SHUFFLE, value));
    }

    private void loader(Call call, String target) {
        facts.byDefault(FactKey.FRAMEWORK, new Framework("pytorch", ""));
        if (isTest(target)) return;
        var sets = setOf(target).or(() -> variables.text(call.argument(0, "dataset")).flatMap(ScriptData::setOf));
        if (sets.isEmpty()) return;
        variables.whole(call.argument(1, "batch_size")).ifPresent(n -> facts.batch(sets.get(), n));
        facts.put(sets.get() == Sets.TRAINING ? FactKey.TRAINING_SHUFFLE : FactKey.VALIDATION_SHUFFLE,
                variables.yes(call.argument(2, "shuffle")).orElse(false));
    }
}
