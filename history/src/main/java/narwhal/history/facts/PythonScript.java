package narwhal.history.facts;

import java.util.Locale;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Python.Call;
import narwhal.history.facts.Python.Name;
import narwhal.history.facts.Python.Node;
import narwhal.history.facts.Python.Num;
import narwhal.history.facts.Python.Op;
import narwhal.history.facts.Python.Seq;

/// Takes facts out of the statements of a pasted Python script: simple assignments, literal arguments of the calls that build a model
/// ([ScriptNetwork]), its data ([ScriptData]) and its training ([ScriptTraining]).
final class PythonScript {
    private final FactsBuilder facts;
    private final Variables variables = new Variables();
    private final ScriptData data;
    private final ScriptNetwork network;
    private final ScriptTraining training;
    private final SameImages same = new SameImages();
    /// Whether what is read stands within `nn.Sequential(...)`.
    private boolean sequential;

    PythonScript(FactsBuilder facts) {
        this.facts = facts;
        data = new ScriptData(facts, variables, this::within);
        network = new ScriptNetwork(facts, variables);
        training = new ScriptTraining(facts, variables, this::within);
    }

    /// Takes a statement in.
    void statement(String source) {
        var text = source.strip();
        int sign = CodeLine.assignment(text);
        if (sign > 0) {
            boolean combined = "/*+-".indexOf(text.charAt(sign - 1)) >= 0;
            var target = text.substring(0, combined ? sign - 1 : sign).strip();
            if (same.assigned(target, text.substring(sign + 1))) facts.put(FactKey.VALIDATION_IS_TRAINING, true);
            assign(target, Python.expression(CodeLine.tuple(target, text.substring(sign + 1))).node(), text, combined);
            return;
        }
        if (text.startsWith("self.")) text = text.substring(5);
        expression(Python.expression(text).node(), "");
    }

    /// States the layers of the whole script.
    void end() {
        network.end();
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
        data.scaling(target, value, source, combined);
        data.drawn(target, value);
        var name = target.substring(target.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!combined) variables.set(target, value);
        variables.number(value).ifPresent(number -> constant(name, number));
        if (value instanceof Op op) variables.quotient(op).ifPresent(number -> constant(name, number));
        expression(value, target);
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

    private void within(Node node) {
        expression(node, "");
    }

    private void expression(Node node, String target) {
        switch (node) {
            case Call call -> call(call, target);
            case Seq seq -> {
                boolean outside = sequential;
                sequential |= isStack(seq);
                seq.values().forEach(value -> expression(value, target));
                sequential = outside;
            }
            case Op op -> {
                divisor(op);
                expression(op.left(), target);
                expression(op.right(), target);
            }
            case Name name when sequential -> network.activation(name.value());
            default -> {
                // Nothing is called.
            }
        }
    }

    /// `nn.Linear(2, 128), nn.Sigmoid(), nn.Linear(128, 1)`: layers in the order of their use. Between them somebody may leave the
    /// brackets of an activation out.
    private static boolean isStack(Seq seq) {
        return seq.values().size() >= 3
                && seq.values().stream().allMatch(value -> value instanceof Call
                        || value instanceof Name name && Activations.name(name.value()).isPresent())
                && seq.values().stream().filter(Call.class::isInstance).map(Call.class::cast)
                        .filter(call -> LayerNames.kind(call.function()).isPresent()).count() >= 2;
    }

    /// `nb_train_samples // batch_size`.
    private void divisor(Op op) {
        if (!op.operator().equals("//") && !op.operator().equals("/")) return;
        boolean counts = op.left() instanceof Name name
                && Aliases.count(name.value().substring(name.value().lastIndexOf('.') + 1)).isPresent()
                || op.left() instanceof Name gen && (gen.value().endsWith(".samples") || gen.value().endsWith(".n"))
                || op.left() instanceof Call call && call.function().equals("len") || op.left() instanceof Num;
        if (!counts) return;
        var by = variables.number(op.right());
        if (by.isPresent() && by.getAsDouble() >= 1 && by.getAsDouble() == Math.rint(by.getAsDouble())
                && by.getAsDouble() < 1e6) {
            facts.put(FactKey.BATCH_DIVISOR, (long) by.getAsDouble());
        }
    }

    private void call(Call call, String target) {
        switch (call.function()) {
            case "add" -> call.arguments().forEach(this::within);
            case "Namespace" -> call.keywords()
                    .forEach((name, value) -> variables.number(value).ifPresent(known -> constant(name, known)));
            default -> {
                if (!training.read(call) && !data.read(call, target) && !network.read(call, sequential)) inside(call);
            }
        }
    }

    private void inside(Call call) {
        boolean outside = sequential;
        sequential |= call.function().equals("Sequential");
        call.arguments().forEach(this::within);
        call.keywords().forEach((name, value) -> expression(value, name));
        sequential = outside;
    }
}
