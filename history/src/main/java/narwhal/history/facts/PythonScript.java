package narwhal.history.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Layers.Layer;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Name;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Num;
import narwhal.history.facts.Python.Op;
import narwhal.history.facts.Python.Seq;
import narwhal.history.facts.Python.Text;

/// Takes facts out of the statements of a pasted Python script: simple assignments, literal arguments of the calls that build a model,
/// its data and its training.
final class PythonScript {
    private static final Set<String> AUGMENTING = Set.of("rotation_range", "width_shift_range", "height_shift_range",
            "shear_range", "zoom_range",
            "horizontal_flip", "vertical_flip", "brightness_range", "channel_shift_range");
    private static final Set<String> APPLICATIONS = Set.of("VGG16", "VGG19", "ResNet50", "ResNet101", "ResNet152",
            "ResNet50V2", "InceptionV3",
            "InceptionResNetV2", "Xception", "MobileNet", "MobileNetV2", "DenseNet121", "DenseNet169", "DenseNet201",
            "NASNetMobile", "EfficientNetB0",
            "EfficientNetB3", "EfficientNetB7", "EfficientNetV2B0", "resnet18", "resnet34", "resnet50", "resnet101",
            "vgg16", "vgg19", "alexnet",
            "densenet121", "mobilenet_v2", "efficientnet_b0");

    /// `x_` and more.
    private static final int SHORTEST_START = 2;

    /// Keras' optimizers divided their rate by 1 + decay·step; what is usual is a millionth.
    private static final double LARGE_DECAY = 1e-3;

    private final FactsBuilder facts;
    private final Map<String, Node> variables = new HashMap<>();
    private final List<Layer> layers = new ArrayList<>();
    private int stackedBefore;
    /// Whether what is read stands within `nn.Sequential(...)`.
    private boolean sequential;

    PythonScript(FactsBuilder facts) {
        this.facts = facts;
    }

    /// Whether a line reads like a statement of a script rather than a sentence.
    static boolean looksLikeCode(String line) {
        var text = line.strip();
        // Statements behind each other have been taken apart: what a semicolon still joins is a sentence.
        if (text.isEmpty() || text.startsWith("#") || hasOutside(text.substring(0, text.length() - 1), ';'))
            return false;
        for (var word : new String[]{"import ", "from ", "def ", "class ", "for ", "if ", "else:", "elif ", "with ",
            "return ", "print(", "print (",
            "while ", "try:", "except", "@", "self.", "%matplotlib"}) {
            if (text.startsWith(word)) return true;
        }
        int i = 0;
        while (i < text.length()
                && (Character.isLetterOrDigit(text.charAt(i)) || "_.,[]'\" ".indexOf(text.charAt(i)) >= 0) && i < 80) {
            if (text.charAt(i) == ' ' && !nextIsSign(text, i)) return false;
            i++;
        }
        if (i == 0 || i >= text.length()) return false;
        char c = text.charAt(i);
        if (c == '=' && i + 1 < text.length() && text.charAt(i + 1) != '=' || c == '/' && text.startsWith("/=", i)
                || c == '*' && text.startsWith("*=", i)) {
            // `32, val_batchsize = 32` is a sentence of facts, not one statement.
            return Python.expression(text.substring(text.indexOf('=') + 1)).whole()
                    && !hasOutside(text.substring(text.indexOf('=') + 1), '=');
        }
        return c == '(' && text.endsWith(")") && text.indexOf(' ') != i - 1 && Python.expression(text).whole()
                && text.charAt(0) != '(';
    }

    /// Whether a sign stands outside of all brackets.
    private static boolean hasOutside(String text, char sign) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '{') depth++;
            if (c == ')' || c == ']' || c == '}') depth--;
            if (c == sign && depth == 0) return true;
        }
        return false;
    }

    private static boolean nextIsSign(String text, int i) {
        int k = i;
        while (k < text.length() && text.charAt(k) == ' ') k++;
        return k < text.length() && "=(,[/*+-".indexOf(text.charAt(k)) >= 0 || i > 0 && text.charAt(i - 1) == ',';
    }

    /// Takes a statement in.
    void statement(String source) {
        var text = source.strip();
        int sign = assignment(text);
        if (sign > 0) {
            boolean combined = "/*+-".indexOf(text.charAt(sign - 1)) >= 0;
            var target = text.substring(0, combined ? sign - 1 : sign).strip();
            assign(target, Python.expression(text.substring(sign + 1)).node(), text, combined);
            return;
        }
        if (text.startsWith("self.")) text = text.substring(5);
        expression(Python.expression(text).node(), "");
    }

    /// The place of the `=` of an assignment, 0 if there is none.
    private static int assignment(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '{') depth++;
            else if (c == ')' || c == ']' || c == '}') depth--;
            else if (c == '\'' || c == '"') return 0;
            else if (c == '=' && depth == 0) return i + 1 < text.length() && text.charAt(i + 1) == '=' ? 0 : i;
        }
        return 0;
    }

    private void assign(String target, Node value, String source, boolean combined) {
        if (target.endsWith(".trainable")) {
            if (value instanceof Name name && name.value().equals("False")) facts.put(FactKey.FROZEN, true);
            facts.understood();
            return;
        }
        var names = target.split(",", 10);
        if (value instanceof Seq seq && names.length > 1 && seq.values().size() == names.length) {
            for (int k = 0; k < names.length; k++) assign(names[k].strip(), seq.values().get(k), source, combined);
            return;
        }
        scaling(target, value, source, combined);
        var name = target.substring(target.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!combined) variables.put(target, value);
        number(value).ifPresent(number -> constant(name, number));
        if (value instanceof Op op) quotient(op).ifPresent(number -> constant(name, number));
        expression(value, target);
    }

    /// `29124 // 32`, `1e-3 / 10`
    private OptionalDouble quotient(Op op) {
        var dividend = number(op.left());
        var divisor = number(op.right());
        if (!op.operator().startsWith("/") || dividend.isEmpty() || divisor.isEmpty() || divisor.getAsDouble() <= 0)
            return OptionalDouble.empty();
        double exact = dividend.getAsDouble() / divisor.getAsDouble();
        return OptionalDouble.of(op.operator().equals("//") ? Math.floor(exact) : exact);
    }

    private void constant(String name, double value) {
        long whole = value >= 0 && value == Math.rint(value) && value < 1e15 ? (long) value : -1;
        var count = Aliases.count(name);
        if (count.isPresent() && whole >= 0) facts.put(count.get(), whole);
        switch (name) {
            case "batch_size", "batchsize", "bs", "batch" -> {
                if (whole > 0) facts.batch(Sets.ALL, whole);
            }
            case "train_batchsize", "train_batch_size", "batch_size_train", "training_batch_size" -> {
                if (whole > 0) facts.batch(Sets.TRAINING, whole);
            }
            case "val_batchsize", "val_batch_size", "batch_size_val", "validation_batch_size", "valid_batch_size",
                    "test_batch_size" -> {
                if (whole > 0) facts.batch(Sets.VALIDATION, whole);
            }
            case "lr", "learning_rate", "init_lr", "base_lr", "initial_lr", "lrate" -> {
                if (value >= 0 && value <= 100) facts.rate(value);
            }
            case "momentum" -> facts.put(FactKey.MOMENTUM, value);
            case "validation_split", "val_split" -> facts.put(FactKey.VALIDATION_SPLIT, value);
            default -> {
                // A number without a meaning here.
            }
        }
    }

    /// `x_train = x_train.astype('float32') / 255`.
    private void scaling(String target, Node value, String source, boolean combined) {
        var lower = target.toLowerCase(Locale.ROOT);
        boolean images = lower.startsWith("x") || lower.contains("images") || lower.contains("img")
                || lower.contains("data");
        if (!images || !source.contains("/") || !(source.contains("255") || source.contains("127.5"))) return;
        if (!combined && !(value instanceof Op)) return;
        var text = FactsBuilder.shortened(source);
        if (lower.contains("train")) facts.put(FactKey.TRAINING_PREPROCESSING, text);
        else if (lower.contains("val") || lower.contains("test")) facts.put(FactKey.VALIDATION_PREPROCESSING, text);
    }

    private void expression(Node node, String target) {
        switch (node) {
            case Call call -> call(call, target);
            case Seq seq -> seq.values().forEach(value -> expression(value, target));
            case Op op -> {
                divisor(op);
                expression(op.left(), target);
                expression(op.right(), target);
            }
            default -> {
                // Nothing is called.
            }
        }
    }

    /// `nb_train_samples // batch_size`.
    private void divisor(Op op) {
        if (!op.operator().equals("//") && !op.operator().equals("/")) return;
        boolean counts = op.left() instanceof Name name
                && Aliases.count(name.value().substring(name.value().lastIndexOf('.') + 1)).isPresent()
                || op.left() instanceof Name gen && (gen.value().endsWith(".samples") || gen.value().endsWith(".n"))
                || op.left() instanceof Call call && call.function().equals("len") || op.left() instanceof Num;
        if (!counts) return;
        var by = number(op.right());
        if (by.isPresent() && by.getAsDouble() >= 1 && by.getAsDouble() == Math.rint(by.getAsDouble())
                && by.getAsDouble() < 1e6) {
            facts.put(FactKey.BATCH_DIVISOR, (long) by.getAsDouble());
        }
    }

    private OptionalDouble number(Node node) {
        if (node instanceof Num number) return OptionalDouble.of(number.value());
        if (node instanceof Name name) {
            return variables.get(name.value()) instanceof Num number
                    ? OptionalDouble.of(number.value())
                    : OptionalDouble.empty();
        }
        boolean cast = node instanceof Call call && call.arguments().size() == 1
                && (call.function().equals("int") || call.function().equals("float"));
        return cast && node instanceof Call call ? number(call.arguments().getFirst()) : OptionalDouble.empty();
    }

    private OptionalLong whole(Optional<Node> node) {
        if (node.isEmpty()) return OptionalLong.empty();
        var value = number(node.get());
        boolean whole = value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble())
                && Math.abs(value.getAsDouble()) < 1e15;
        return whole ? OptionalLong.of((long) value.getAsDouble()) : OptionalLong.empty();
    }

    private Optional<Boolean> yes(Optional<Node> node) {
        return node.flatMap(value -> value instanceof Name name
                ? name.value().equals("True")
                        ? Optional.of(true)
                        : name.value().equals("False") ? Optional.of(false) : Optional.empty()
                : Optional.empty());
    }

    private Optional<String> text(Optional<Node> node) {
        return node.flatMap(value -> switch (value) {
            case Text text -> Optional.of(text.value());
            case Name name -> Optional.of(variables.get(name.value()) instanceof Text text
                    ? text.value()
                    : name.value().substring(name.value().lastIndexOf('.') + 1));
            case Call call -> Optional.of(call.function());
            default -> Optional.empty();
        });
    }

    // ------------------------------------------------------------------------------------------------ calls

    private void call(Call call, String target) {
        var function = call.function();
        switch (function) {
            case "compile" -> compile(call);
            case "fit", "fit_generator" -> fit(call);
            case "fit_one_cycle", "fine_tune" -> cycle(call);
            case "add" -> call.arguments().forEach(argument -> expression(argument, ""));
            case "flow_from_directory", "flow_from_dataframe", "flow" -> flow(call, target);
            case "image_dataset_from_directory" -> dataset(call, target);
            case "ImageDataGenerator" -> generator(call, target);
            case "DataLoader" -> loader(call, target);
            case "Namespace" ->
                call.keywords().forEach((name, value) -> number(value).ifPresent(known -> constant(name, known)));
            case "array", "concatenate", "vstack", "hstack", "append" -> stacked(call);
            case "ModelCheckpoint" -> facts.put(FactKey.CHECKPOINT, monitor(call, 1));
            case "EarlyStopping" -> facts.put(FactKey.EARLY_STOPPING, monitor(call, 0));
            case "ReduceLROnPlateau" -> facts.put(FactKey.REDUCE_LR, monitor(call, 0));
            case "LearningRateScheduler", "StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR",
                    "ExponentialDecay", "CosineDecay",
                    "PiecewiseConstantDecay", "PolynomialDecay", "OneCycleLR", "LambdaLR",
                    "CosineAnnealingWarmRestarts" ->
                facts.put(FactKey.SCHEDULE, FactsBuilder.shortened(call.source()));
            case "clip_grad_norm_", "clip_grad_value_", "clip_by_global_norm" ->
                facts.put(FactKey.CLIPPING, FactsBuilder.shortened(call.source()));
            default -> other(call, function);
        }
    }

    /// `np.array(x_train_cats + x_train_dogs)`, `np.concatenate((x_cats, x_dogs))`: one class behind the other.
    private void stacked(Call call) {
        call.arguments().forEach(argument -> expression(argument, ""));
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

    private void other(Call call, String function) {
        var optimizer = Optimizers.name(function);
        // `keras.optimizers.rmsprop(lr=0.0001)` was another name for the class.
        boolean made = Character.isUpperCase(function.charAt(0)) || call.callee().contains("optimizers.")
                || call.argument(-1, "lr", "learning_rate").isPresent();
        if (optimizer.isPresent() && made) {
            optimizer(optimizer.get(), call);
            return;
        }
        if (APPLICATIONS.contains(function)) {
            var weights = text(call.argument(-1, "weights"));
            boolean none = weights.filter(name -> name.equals("None") || name.equals("none")).isPresent()
                    || yes(call.argument(0, "pretrained")).filter(value -> !value).isPresent();
            facts.put(FactKey.PRETRAINED, !none);
            return;
        }
        var loss = Losses.name(function);
        if (loss.isPresent() && Character.isUpperCase(function.charAt(0)) && !loss.get().equals("crossentropy")) {
            loss(loss.get(), call);
            return;
        }
        // `F.cross_entropy(outputs, labels)`
        if (function.equals("cross_entropy")
                && (call.callee().startsWith("F.") || call.callee().contains("functional."))) {
            facts.put(FactKey.LOSS, "sparse_categorical_crossentropy");
            facts.put(FactKey.FROM_LOGITS, true);
        }
        // Elsewhere activations are made in another order than they are used in.
        var squash = sequential
                ? Activations.name(function).filter(name -> !name.equals("linear"))
                : Optional.<String>empty();
        if (squash.isPresent()) {
            layers.add(Layer.of("Activation").activation(squash.get()));
            return;
        }
        var kind = LayerNames.kind(function);
        boolean layer = kind.isPresent() && Character.isUpperCase(function.charAt(0));
        if (layer) {
            layer(kind.orElseThrow(), call, Optional.empty());
            return;
        }
        boolean outside = sequential;
        sequential |= function.equals("Sequential");
        call.arguments().forEach(argument -> expression(argument, ""));
        call.keywords().forEach((name, value) -> expression(value, name));
        sequential = outside;
    }

    private void loss(String name, Call call) {
        facts.put(FactKey.LOSS, name);
        var logits = yes(call.argument(-1, "from_logits"));
        logits.ifPresent(value -> facts.put(FactKey.FROM_LOGITS, value));
        if (Losses.takesLogits(call.function())) facts.put(FactKey.FROM_LOGITS, true);
    }

    private void optimizer(String name, Call call) {
        boolean torch = call.callee().startsWith("optim.") || call.callee().startsWith("torch.")
                || call.arguments().stream()
                        .anyMatch(argument -> argument instanceof Call inner && inner.function().equals("parameters"));
        var rate = call.argument(torch ? 1 : 0, "lr", "learning_rate").map(this::number).orElse(OptionalDouble.empty());
        var momentum = call.argument(-1, "momentum").map(this::number).orElse(OptionalDouble.empty());
        if (torch && !facts.has(FactKey.FRAMEWORK)) facts.put(FactKey.FRAMEWORK, new Framework("pytorch", ""));
        var stated = call.argument(torch ? 1 : 0, "lr", "learning_rate");
        if (rate.isEmpty() && stated.isPresent()) {
            // A schedule or a name without a value: the rate is not the default.
            facts.put(FactKey.OPTIMIZER, new OptimizerFact(name, OptionalDouble.empty(), false, momentum));
            expression(stated.get(), "");
        } else {
            facts.optimizer(name, rate, momentum);
        }
        call.argument(-1, "weight_decay").map(this::number)
                .ifPresent(value -> value.ifPresent(v -> facts.put(FactKey.L2, v)));
        call.argument(-1, "decay").map(this::number).filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble)
                .filter(decay -> decay >= LARGE_DECAY && !torch)
                .ifPresent(decay -> facts.put(FactKey.SCHEDULE, "decay=" + decay + " in each step"));
        for (var clip : new String[]{"clipnorm", "clipvalue", "global_clipnorm"}) {
            call.argument(-1, clip).ifPresent(value -> {
                if (value instanceof Num number) facts.put(FactKey.CLIPPING, clip + "=" + number.text());
            });
        }
    }

    private void compile(Call call) {
        call.argument(1, "loss").ifPresent(node -> {
            if (node instanceof Call inner) {
                expression(inner, "");
            } else {
                text(Optional.of(node)).ifPresent(name -> Losses.name(name).filter(loss -> !loss.equals("crossentropy"))
                        .ifPresent(loss -> facts.put(FactKey.LOSS, loss)));
            }
        });
        call.argument(0, "optimizer").ifPresent(node -> {
            if (node instanceof Call inner) expression(inner, "");
            else if (node instanceof Text text)
                Optimizers.name(text.value())
                        .ifPresent(name -> facts.optimizer(name, OptionalDouble.empty(), OptionalDouble.empty()));
        });
        call.argument(2, "metrics").ifPresent(node -> {
            if (!(node instanceof Seq seq)) return;
            var names = seq.values().stream().map(value -> text(Optional.of(value))).flatMap(Optional::stream).toList();
            if (!names.isEmpty()) facts.put(FactKey.METRICS, new Names(names));
        });
        facts.understood();
    }

    /// fastai trains with Adam where nothing else is said: `learn.fit_one_cycle(5, 1e-3)`, `learn.fine_tune(4, base_lr=2e-3)`.
    private void cycle(Call call) {
        whole(call.argument(0, "n_epoch", "epochs", "cyc_len")).ifPresent(n -> facts.put(FactKey.EPOCHS, n));
        var rate = call.argument(1, "lr_max", "max_lr", "base_lr").map(this::number).orElse(OptionalDouble.empty());
        if (facts.has(FactKey.OPTIMIZER)) rate.ifPresent(facts::rate);
        else
            facts.optimizer("adam", rate, OptionalDouble.empty());
    }

    private void fit(Call call) {
        whole(call.argument(-1, "batch_size")).ifPresent(n -> facts.batch(Sets.ALL, n));
        whole(call.argument(-1, "validation_batch_size")).ifPresent(n -> facts.batch(Sets.VALIDATION, n));
        whole(call.argument(-1, "epochs", "nb_epoch")).ifPresent(n -> facts.put(FactKey.EPOCHS, n));
        whole(call.argument(-1, "steps_per_epoch")).ifPresent(n -> facts.put(FactKey.STEPS_PER_EPOCH, n));
        whole(call.argument(-1, "validation_steps")).ifPresent(n -> facts.put(FactKey.VALIDATION_STEPS, n));
        for (var name : new String[]{"steps_per_epoch", "validation_steps", "samples_per_epoch"}) {
            call.argument(-1, name).ifPresent(node -> expression(node, ""));
        }
        numerator(call, "steps_per_epoch", FactKey.TRAINING_IMAGES);
        numerator(call, "validation_steps", FactKey.VALIDATION_IMAGES);
        call.argument(-1, "validation_split").map(this::number)
                .ifPresent(value -> value.ifPresent(v -> facts.put(FactKey.VALIDATION_SPLIT, v)));
        yes(call.argument(-1, "shuffle")).ifPresent(value -> facts.put(FactKey.TRAINING_SHUFFLE, value));
        var trained = call.argument(0, "x").flatMap(PythonScript::nameOf);
        var validated = call.argument(-1, "validation_data").flatMap(PythonScript::nameOf);
        if (trained.isPresent() && trained.equals(validated)) facts.put(FactKey.VALIDATION_IS_TRAINING, true);
        call.argument(-1, "callbacks").ifPresent(node -> expression(node, ""));
        facts.understood();
    }

    /// The array of `x_train` or `(x_train, y_train)`.
    private static Optional<String> nameOf(Node node) {
        return switch (node) {
            case Name name -> Optional.of(name.value());
            case Seq seq when !seq.values().isEmpty() -> nameOf(seq.values().getFirst());
            default -> Optional.empty();
        };
    }

    /// `validation_steps=402//batch_size`: who divides, divides the images.
    private void numerator(Call call, String name, FactKey<Long> images) {
        if (!(call.argument(-1, name).orElse(null) instanceof Op op) || !op.operator().startsWith("/")) return;
        var count = whole(Optional.of(op.left()));
        var batch = whole(Optional.of(op.right()));
        if (count.isEmpty() || count.getAsLong() < 2) return;
        facts.byDefault(images, count.getAsLong());
        if (batch.isPresent() && batch.getAsLong() > 0) {
            facts.byDefault(images == FactKey.TRAINING_IMAGES ? FactKey.STEPS_PER_EPOCH : FactKey.VALIDATION_STEPS,
                    count.getAsLong() / batch.getAsLong());
        }
    }

    // Data

    private static Optional<Sets> setOf(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("val") || lower.contains("dev")) return Optional.of(Sets.VALIDATION);
        if (lower.contains("train")) return Optional.of(Sets.TRAINING);
        return Optional.empty();
    }

    private void flow(Call call, String target) {
        if (target.toLowerCase(Locale.ROOT).contains("test")) {
            facts.understood();
            return;
        }
        var sets = setOf(target).or(() -> text(call.argument(0, "directory")).flatMap(PythonScript::setOf))
                .or(() -> setOf(call.callee()))
                .or(() -> text(call.argument(-1, "subset")).flatMap(PythonScript::setOf));
        if (sets.isEmpty()) return;
        batch(call, sets.get());
        boolean directory = !call.function().equals("flow");
        var shuffle = yes(call.argument(-1, "shuffle"));
        facts.put(sets.get() == Sets.TRAINING ? FactKey.TRAINING_SHUFFLE : FactKey.VALIDATION_SHUFFLE,
                shuffle.orElse(true));
        if (directory) {
            facts.put(FactKey.CLASS_MODE,
                    text(call.argument(-1, "class_mode")).orElse("categorical").toLowerCase(Locale.ROOT));
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
        if (stated.isPresent()) facts.batch(sets, whole(stated).orElse(32));
        else
            facts.replace(sets == Sets.TRAINING ? FactKey.TRAINING_BATCH : FactKey.VALIDATION_BATCH, 32L);
    }

    private Optional<Call> generatorOf(Call call) {
        int point = call.callee().lastIndexOf('.');
        if (point < 0) return Optional.empty();
        return variables.get(call.callee().substring(0, point)) instanceof Call generator
                && generator.function().equals("ImageDataGenerator")
                        ? Optional.of(generator)
                        : Optional.empty();
    }

    private void described(Call generator, Sets sets) {
        boolean augments = generator.keywords().keySet().stream().anyMatch(AUGMENTING::contains);
        facts.put(sets == Sets.TRAINING ? FactKey.TRAINING_AUGMENTED : FactKey.VALIDATION_AUGMENTED, augments);
        var text = FactsBuilder
                .shortened(generator.source().substring(generator.source().indexOf('(') + 1).replaceAll("\\)$", ""));
        facts.put(sets == Sets.TRAINING ? FactKey.TRAINING_PREPROCESSING : FactKey.VALIDATION_PREPROCESSING,
                text.isEmpty() ? "none" : text);
    }

    private void generator(Call call, String target) {
        facts.understood();
        whole(call.argument(-1, "validation_split"));
        call.argument(-1, "validation_split").map(this::number)
                .ifPresent(value -> value.ifPresent(v -> facts.put(FactKey.VALIDATION_SPLIT, v)));
        if (!target.isEmpty()) variables.put(target, call);
    }

    private void dataset(Call call, String target) {
        var sets = text(call.argument(-1, "subset")).flatMap(PythonScript::setOf).or(() -> setOf(target));
        if (sets.isEmpty()) return;
        batch(call, sets.get());
        yes(call.argument(-1, "shuffle")).ifPresent(value -> facts.put(sets.get() == Sets.TRAINING
                ? FactKey.TRAINING_SHUFFLE
                : FactKey.VALIDATION_SHUFFLE, value));
    }

    private void loader(Call call, String target) {
        facts.byDefault(FactKey.FRAMEWORK, new Framework("pytorch", ""));
        if (target.toLowerCase(Locale.ROOT).contains("test")) return;
        var sets = setOf(target).or(() -> text(call.argument(0, "dataset")).flatMap(PythonScript::setOf));
        if (sets.isEmpty()) return;
        whole(call.argument(1, "batch_size")).ifPresent(n -> facts.batch(sets.get(), n));
        facts.put(sets.get() == Sets.TRAINING ? FactKey.TRAINING_SHUFFLE : FactKey.VALIDATION_SHUFFLE,
                yes(call.argument(2, "shuffle")).orElse(false));
    }

    private MonitorFact monitor(Call call, int place) {
        var monitor = text(call.argument(place, "monitor")).or(() -> Optional.of("val_loss"));
        var patience = whole(call.argument(-1, "patience"));
        var factor = call.argument(-1, "factor").map(this::number).orElse(OptionalDouble.empty());
        boolean best = yes(call.argument(-1, "save_best_only")).orElse(false);
        return new MonitorFact(monitor, patience, factor, best, FactsBuilder.shortened(call.source()));
    }

    // Layers

    private void layer(String kind, Call call, Optional<String> wrapper) {
        facts.understood();
        if (kind.equals("TimeDistributed") || kind.equals("Bidirectional")) {
            if (!call.arguments().isEmpty() && call.arguments().getFirst() instanceof Call inner) {
                LayerNames.kind(inner.function()).ifPresent(name -> layer(name, inner, Optional.of(kind)));
            }
            return;
        }
        if (kind.equals("Input") || layers.size() > 5_000) return;
        var layer = Layer.of(kind);
        // `BatchNorm2d` is PyTorch's own name, also in the printed network.
        boolean torch = call.callee().startsWith("nn.") || call.callee().startsWith("torch.")
                || call.callee().matches("BatchNorm[123]d");
        boolean sized = kind.equals("Dense") || kind.contains("Conv") || kind.equals("LSTM") || kind.equals("GRU")
                || kind.equals("SimpleRNN");
        if (sized) {
            var units = whole(call.argument(torch ? 1 : 0, "units", "filters", "output_dim", "nb_filter",
                    "out_features", "out_channels"));
            if (units.isPresent()) layer = layer.units(units.getAsLong());
        }
        if (kind.contains("Conv"))
            layer = layer.size(sizes(call.argument(torch ? 2 : 1, "kernel_size"), call.arguments()));
        if (kind.contains("Pooling") && !kind.startsWith("Global")) {
            var size = sizes(call.argument(0, "pool_size", "kernel_size"), List.of());
            layer = layer.size(size.isEmpty() ? List.of(2L, 2L) : size);
        }
        if (kind.contains("Dropout")) {
            var rate = call.argument(0, "rate", "p").map(this::number).orElse(OptionalDouble.empty());
            if (rate.isPresent()) {
                layer = layer.rate(rate.getAsDouble());
                double earlier = facts.soFar().value(FactKey.DROPOUT).orElse(-1.0);
                if (rate.getAsDouble() > earlier) facts.replace(FactKey.DROPOUT, rate.getAsDouble());
            }
        }
        if (kind.equals("BatchNormalization")) {
            facts.put(FactKey.BATCH_NORM, true);
            var momentum = call.argument(-1, "momentum").map(this::number).orElse(OptionalDouble.empty());
            if (momentum.isPresent()) {
                layer = layer.rate(momentum.getAsDouble());
                // PyTorch's momentum is the share of the new value, Keras' that of the old.
                facts.put(FactKey.BATCH_NORM_MOMENTUM, torch ? 1 - momentum.getAsDouble() : momentum.getAsDouble());
            }
        }
        var activation = kind.equals("Activation")
                ? text(call.argument(0, "activation"))
                : text(call.argument(-1, "activation")).or(() -> sized ? inPlace(call) : Optional.empty());
        if (activation.flatMap(Activations::name).isPresent())
            layer = layer.activation(activation.flatMap(Activations::name).orElseThrow());
        var padding = text(call.argument(-1, "padding", "border_mode"));
        if (padding.isPresent()) layer = layer.padding(padding.get().toLowerCase(Locale.ROOT));
        if (wrapper.isPresent()) layer = layer.inside(wrapper.get());
        initializer(call);
        regularizer(call);
        layers.add(layer);
    }

    /// `Dense(64, 'relu')`, and `Conv2D(16, 3, relu)` as people write it down.
    private Optional<String> inPlace(Call call) {
        return call.arguments().stream().map(argument -> text(Optional.of(argument))).flatMap(Optional::stream)
                .filter(name -> Activations.name(name).isPresent()).findFirst();
    }

    private List<Long> sizes(Optional<Node> node, List<Node> arguments) {
        if (node.isEmpty()) return List.of();
        if (node.get() instanceof Seq seq) {
            return seq.values().stream().map(value -> whole(Optional.of(value))).filter(OptionalLong::isPresent)
                    .map(OptionalLong::getAsLong).toList();
        }
        var size = whole(node);
        if (size.isEmpty()) return List.of();
        // Keras 1: Convolution2D(32, 3, 3).
        if (arguments.size() > 2 && whole(Optional.of(arguments.get(2))).isPresent()
                && arguments.get(1).equals(node.get())) {
            long second = whole(Optional.of(arguments.get(2))).getAsLong();
            if (second > 1) return List.of(size.getAsLong(), second);
        }
        return List.of(size.getAsLong(), size.getAsLong());
    }

    private void initializer(Call call) {
        text(call.argument(-1, "kernel_initializer", "init")).flatMap(Initializers::name)
                .ifPresent(name -> facts.put(FactKey.INITIALIZER, name));
    }

    private void regularizer(Call call) {
        call.argument(-1, "kernel_regularizer", "W_regularizer").ifPresent(node -> {
            if (node instanceof Call inner && (inner.function().equals("l2") || inner.function().equals("L2"))) {
                var value = inner.argument(0, "l2", "l").map(this::number).orElse(OptionalDouble.empty());
                value.ifPresent(v -> facts.put(FactKey.L2, v));
            }
        });
    }

    /// States the layers of the whole script.
    void end() {
        if (layers.size() <= stackedBefore) return;
        if (layers.size() >= 2) facts.replace(FactKey.LAYERS, new Layers(layers, true));
        var dense = layers.stream().filter(layer -> layer.kind().equals("Dense")).reduce((first, second) -> second);
        dense.ifPresent(last -> {
            last.units().ifPresent(units -> facts.put(FactKey.OUTPUT_UNITS, units));
            facts.put(FactKey.OUTPUT_ACTIVATION, outputActivation(last));
        });
        facts.byDefault(FactKey.BATCH_NORM, false);
        stackedBefore = layers.size();
    }

    private String outputActivation(Layer last) {
        if (last.activation().isPresent()) return last.activation().get();
        var behind = layers.subList(layers.lastIndexOf(last) + 1, layers.size());
        for (var layer : behind) {
            if (layer.kind().equals("Activation") && layer.activation().isPresent()) return layer.activation().get();
            if (layer.kind().equals("Softmax")) return "softmax";
        }
        return "linear";
    }
}
