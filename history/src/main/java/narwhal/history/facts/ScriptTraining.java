package narwhal.history.facts;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Name;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Num;
import narwhal.history.facts.Python.Op;
import narwhal.history.facts.Python.Seq;
import narwhal.history.facts.Python.Text;

/// What a script says of its training: loss, optimizer, rates, callbacks, the arguments of `fit`.
final class ScriptTraining {
    /// Keras' optimizers divided their rate by 1 + decay·step; what is usual is a millionth.
    private static final double LARGE_DECAY = 1e-3;

    private final FactsBuilder facts;
    private final Variables variables;
    private final Consumer<Node> within;

    /// @param within reads an expression that stands within a call, such as the optimizer that `compile` is given
    ScriptTraining(FactsBuilder facts, Variables variables, Consumer<Node> within) {
        this.facts = facts;
        this.variables = variables;
        this.within = within;
    }

    /// Takes a call in, if it is one that trains or says how.
    boolean read(Call call) {
        switch (call.function()) {
            case "compile" -> compile(call);
            case "fit", "fit_generator" -> fit(call);
            case "fit_one_cycle", "fine_tune" -> cycle(call);
            case "ModelCheckpoint" -> facts.put(FactKey.CHECKPOINT, monitor(call, 1));
            case "EarlyStopping" -> facts.put(FactKey.EARLY_STOPPING, monitor(call, 0));
            case "ReduceLROnPlateau" -> facts.put(FactKey.REDUCE_LR, monitor(call, 0));
            case "LearningRateScheduler", "StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR",
                    "ExponentialDecay", "CosineDecay", "PiecewiseConstantDecay", "PolynomialDecay", "OneCycleLR",
                    "LambdaLR", "CosineAnnealingWarmRestarts" ->
                facts.put(FactKey.SCHEDULE, FactsBuilder.shortened(call.source()));
            case "clip_grad_norm_", "clip_grad_value_", "clip_by_global_norm" ->
                facts.put(FactKey.CLIPPING, FactsBuilder.shortened(call.source()));
            default -> {
                return made(call);
            }
        }
        return true;
    }

    /// An optimizer or a loss that is made by itself: `Adam(1e-4)`, `nn.CrossEntropyLoss()`.
    private boolean made(Call call) {
        var function = call.function();
        boolean isClass = Character.isUpperCase(function.charAt(0));
        var optimizer = Optimizers.name(function);
        // `keras.optimizers.rmsprop(lr=0.0001)` was another name for the class.
        if (optimizer.isPresent() && (isClass || call.callee().contains("optimizers.")
                || call.argument(-1, "lr", "learning_rate").isPresent())) {
            optimizer(optimizer.get(), call);
            return true;
        }
        var loss = Losses.name(function).filter(name -> isClass && !name.equals("crossentropy"));
        if (loss.isPresent()) {
            loss(loss.get(), call);
            return true;
        }
        // `F.cross_entropy(outputs, labels)`
        if (function.equals("cross_entropy")
                && (call.callee().startsWith("F.") || call.callee().contains("functional."))) {
            facts.put(FactKey.LOSS, "sparse_categorical_crossentropy");
            facts.put(FactKey.FROM_LOGITS, true);
        }
        return false;
    }

    private void loss(String name, Call call) {
        facts.put(FactKey.LOSS, name);
        var logits = variables.yes(call.argument(-1, "from_logits"));
        logits.ifPresent(value -> facts.put(FactKey.FROM_LOGITS, value));
        if (Losses.takesLogits(call.function())) facts.put(FactKey.FROM_LOGITS, true);
    }

    private void optimizer(String name, Call call) {
        boolean torch = call.callee().startsWith("optim.") || call.callee().startsWith("torch.")
                || call.arguments().stream()
                        .anyMatch(argument -> argument instanceof Call inner && inner.function().equals("parameters"));
        var rate = variables.number(call.argument(torch ? 1 : 0, "lr", "learning_rate"));
        var momentum = variables.number(call.argument(-1, "momentum"));
        if (torch && !facts.has(FactKey.FRAMEWORK)) facts.put(FactKey.FRAMEWORK, new Framework("pytorch", ""));
        var stated = call.argument(torch ? 1 : 0, "lr", "learning_rate");
        if (rate.isEmpty() && stated.isPresent()) {
            // A schedule or a name without a value: the rate is not the default.
            facts.put(FactKey.OPTIMIZER, new OptimizerFact(name, OptionalDouble.empty(), false, momentum));
            within.accept(stated.get());
        } else {
            facts.optimizer(name, rate, momentum);
        }
        variables.number(call.argument(-1, "weight_decay")).ifPresent(v -> facts.put(FactKey.L2, v));
        call.argument(-1, "decay").map(variables::number).filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
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
                within.accept(inner);
            } else {
                variables.text(Optional.of(node))
                        .ifPresent(name -> Losses.name(name).filter(loss -> !loss.equals("crossentropy"))
                                .ifPresent(loss -> facts.put(FactKey.LOSS, loss)));
            }
        });
        call.argument(0, "optimizer").ifPresent(node -> {
            if (node instanceof Call inner) within.accept(inner);
            else if (node instanceof Text text)
                Optimizers.name(text.value())
                        .ifPresent(name -> facts.optimizer(name, OptionalDouble.empty(), OptionalDouble.empty()));
        });
        call.argument(2, "metrics").ifPresent(node -> {
            if (!(node instanceof Seq seq)) return;
            var names = seq.values().stream().map(value -> variables.text(Optional.of(value))).flatMap(Optional::stream)
                    .toList();
            if (!names.isEmpty()) facts.put(FactKey.METRICS, new Names(names));
        });
        facts.understood();
    }

    /// fastai trains with Adam where nothing else is said: `learn.fit_one_cycle(5, 1e-3)`, `learn.fine_tune(4, base_lr=2e-3)`.
    private void cycle(Call call) {
        variables.whole(call.argument(0, "n_epoch", "epochs", "cyc_len")).ifPresent(n -> facts.put(FactKey.EPOCHS, n));
        var rate = variables.number(call.argument(1, "lr_max", "max_lr", "base_lr"));
        if (facts.has(FactKey.OPTIMIZER)) rate.ifPresent(facts::rate);
        else
            facts.optimizer("adam", rate, OptionalDouble.empty());
    }

    private void fit(Call call) {
        variables.whole(call.argument(-1, "batch_size")).ifPresent(n -> facts.batch(Sets.ALL, n));
        variables.whole(call.argument(-1, "validation_batch_size")).ifPresent(n -> facts.batch(Sets.VALIDATION, n));
        variables.whole(call.argument(-1, "epochs", "nb_epoch")).ifPresent(n -> facts.put(FactKey.EPOCHS, n));
        variables.whole(call.argument(-1, "steps_per_epoch")).ifPresent(n -> facts.put(FactKey.STEPS_PER_EPOCH, n));
        variables.whole(call.argument(-1, "validation_steps")).ifPresent(n -> facts.put(FactKey.VALIDATION_STEPS, n));
        for (var name : new String[]{"steps_per_epoch", "validation_steps", "samples_per_epoch"}) {
            call.argument(-1, name).ifPresent(within);
        }
        numerator(call, "steps_per_epoch", FactKey.TRAINING_IMAGES);
        numerator(call, "validation_steps", FactKey.VALIDATION_IMAGES);
        variables.number(call.argument(-1, "validation_split")).ifPresent(v -> facts.put(FactKey.VALIDATION_SPLIT, v));
        variables.yes(call.argument(-1, "shuffle")).ifPresent(value -> facts.put(FactKey.TRAINING_SHUFFLE, value));
        var trained = call.argument(0, "x").flatMap(ScriptTraining::nameOf);
        var validated = call.argument(-1, "validation_data").flatMap(ScriptTraining::nameOf);
        if (trained.isPresent() && trained.equals(validated)) facts.put(FactKey.VALIDATION_IS_TRAINING, true);
        if (validated.filter(ScriptData::isTest).isPresent()) facts.put(FactKey.VALIDATION_IS_TEST, true);
        call.argument(-1, "callbacks").ifPresent(within);
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
        var count = variables.whole(Optional.of(op.left()));
        var batch = variables.whole(Optional.of(op.right()));
        if (count.isEmpty() || count.getAsLong() < 2) return;
        facts.byDefault(images, count.getAsLong());
        if (batch.isPresent() && batch.getAsLong() > 0) {
            facts.byDefault(images == FactKey.TRAINING_IMAGES ? FactKey.STEPS_PER_EPOCH : FactKey.VALIDATION_STEPS,
                    count.getAsLong() / batch.getAsLong());
        }
    }

    private MonitorFact monitor(Call call, int place) {
        var monitor = variables.text(call.argument(place, "monitor")).or(() -> Optional.of("val_loss"));
        var patience = variables.whole(call.argument(-1, "patience"));
        var factor = variables.number(call.argument(-1, "factor"));
        boolean best = variables.yes(call.argument(-1, "save_best_only")).orElse(false);
        return new MonitorFact(monitor, patience, factor, best, FactsBuilder.shortened(call.source()));
    }
}
