package narwhal.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import narwhal.disk.Section;
import narwhal.hdf5.DataSet;
import narwhal.hdf5.Draft;
import narwhal.layers.Parameter;
import narwhal.models.Model;
import narwhal.optimizers.Adam;
import narwhal.optimizers.Nadam;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.OptimizerState;
import narwhal.optimizers.RmsProp;
import narwhal.optimizers.Sgd;
import narwhal.optimizers.Stepper;

/// What an optimizer remembers, in Keras' files: its count of steps, the learning rate unless that follows a schedule, then
/// tensors for each parameter that trains, in the order of the layers.
final class OptimizerWeights {
    private final Model model;
    private final Optimizer optimizer;
    private final List<Stepper.Slot> slots;
    /// Places in [Stepper#slots], in the order in which Keras has them.
    private final List<Integer> order;

    /// @param trainable the parameters that train, in Keras' order
    OptimizerWeights(Model model, Optimizer optimizer, List<Parameter> trainable) {
        this.model = model;
        this.optimizer = optimizer;
        slots = optimizer.start(model.engine(), model.trainable()).slots();
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < trainable.size(); i++) places.put(trainable.get(i).path(), i);
        var groups = groups();
        order = IntStream.range(0, slots.size()).boxed()
                .sorted(Comparator.comparing((Integer slot) -> groups.get(slot))
                        .thenComparing(slot -> places.getOrDefault(parameter(slot), 0)).thenComparing(slot -> slot))
                .toList();
    }

    private String parameter(int slot) {
        var name = slots.get(slot).name();
        return name.substring(0, name.lastIndexOf('/'));
    }

    /// Some optimizers go through the parameters several times; within one time, a parameter's tensors stand together.
    private List<Integer> groups() {
        var groups = new ArrayList<Integer>();
        var seen = new HashSet<String>();
        int group = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            boolean same = slot > 0 && parameter(slot).equals(parameter(slot - 1));
            if (!same && !seen.add(parameter(slot))) {
                group++;
                seen.clear();
                seen.add(parameter(slot));
            }
            groups.add(group);
        }
        return groups;
    }

    private boolean hasRate() {
        return optimizer.schedule().isEmpty();
    }

    /// Numbers behind the tensors: Nadam's product, which follows from the count.
    private int behind() {
        return optimizer instanceof Nadam ? 1 : 0;
    }

    // ---- reading ----

    /// The state that data sets hold, in Keras' order.
    ///
    /// @param learningRate where none is stored
    /// @return empty if they are not those of this optimizer, of which a note is made
    Optional<OptimizerState> read(List<DataSet> data, double learningRate, Origin origin) {
        int before = hasRate() ? 2 : 1;
        boolean keras3 = data.size() == before + slots.size() + behind() && isNumber(data, 0)
                && (!hasRate() || isNumber(data, 1));
        var ordered = keras3 ? Optional.of(data.subList(before, before + slots.size())) : old(data);
        if (ordered.isEmpty() || !fits(ordered.get())) {
            origin.note("the optimizer's memory is not that of " + optimizer.name()
                    + " for this model: training starts afresh");
            return Optional.empty();
        }
        double rate = keras3 && hasRate() ? data.get(1).number() : learningRate;
        double iterations = data.isEmpty() || !isNumber(data, 0) ? 0 : data.getFirst().number();
        return Optional.of(new OptimizerState((long) Math.max(0, iterations), rate, sections(ordered.get())));
    }

    private static boolean isNumber(List<DataSet> data, int place) {
        return data.size() > place && data.get(place).shape().isEmpty();
    }

    private boolean fits(List<DataSet> ordered) {
        for (int i = 0; i < ordered.size(); i++) {
            var shape = slots.get(order.get(i)).value().shape();
            var extents = java.util.Arrays.stream(Weights.extents(shape)).mapToObj(Long::valueOf).toList();
            if (!ordered.get(i).shape().equals(extents)) return false;
        }
        return true;
    }

    private List<Section> sections(List<DataSet> ordered) {
        var sections = new Section[slots.size()];
        for (int i = 0; i < sections.length; i++) {
            var slot = slots.get(order.get(i));
            var values = ordered.get(i).floats(Weights.extents(slot.value().shape()));
            sections[order.get(i)] = Section.float32(slot.name(), values, values.length);
        }
        return List.of(sections);
    }

    /// How many tensors Keras 2 keeps for each parameter; 0 for optimizers that it has not in this form.
    private int kinds() {
        return switch (optimizer) {
            case Adam adam -> adam.amsgrad() ? 3 : 2;
            case Sgd sgd when sgd.momentum() > 0 -> 1;
            case RmsProp rmsprop when rmsprop.momentum() == 0 && !rmsprop.centered() -> 1;
            default -> 0;
        };
    }

    /// Keras 2 keeps no learning rate, and all first tensors before all second ones. Adam has a third kind, of one number each
    /// unless it is needed; SGD has moments even where it needs none; RMSprop has no count.
    private Optional<List<DataSet>> old(List<DataSet> data) {
        int count = isNumber(data, 0) ? 1 : 0;
        if (optimizer instanceof Sgd && slots.isEmpty() && count == 1) return Optional.of(List.of());
        int kinds = kinds();
        int parameters = kinds == 0 ? 0 : slots.size() / kinds;
        int rest = data.size() - count;
        boolean plausible = kinds > 0
                && (rest == slots.size() || (optimizer instanceof Adam && rest == 3 * parameters));
        if (!plausible) return Optional.empty();
        var ordered = new ArrayList<DataSet>();
        for (int i = 0; i < parameters; i++)
            for (int kind = 0; kind < Math.min(kinds, 2); kind++) ordered.add(data.get(count + kind * parameters + i));
        if (kinds == 3) ordered.addAll(data.subList(count + 2 * parameters, count + 3 * parameters));
        return Optional.of(ordered);
    }

    // ---- writing ----

    /// `0`, `1`, … in a group `vars`.
    void writeKeras3(OptimizerState state, Draft vars) {
        vars.text("name", optimizer.name());
        int next = 0;
        vars.integer(Integer.toString(next++), state.iterations());
        if (hasRate()) vars.floats(Integer.toString(next++), new int[0], rate(state));
        for (int slot : order) vars.floats(Integer.toString(next++), extents(slot), values(state, slot));
        if (optimizer instanceof Nadam nadam) vars.floats(Integer.toString(next), new int[0], product(nadam, state));
    }

    /// The same by name, with a list of the names, as Keras 3 keeps it in whole-model `.h5`.
    void writeLegacy(OptimizerState state, Draft group) {
        var names = new ArrayList<String>();
        var prefix = optimizer.name() + "/";
        names.add(prefix + "iteration");
        group.integer(names.getLast(), state.iterations());
        if (hasRate()) {
            names.add(prefix + "learning_rate");
            group.floats(names.getLast(), new int[0], rate(state));
        }
        for (int slot : order) {
            names.add(prefix + "slots/" + slots.get(slot).name());
            group.floats(names.getLast(), extents(slot), values(state, slot));
        }
        if (optimizer instanceof Nadam nadam) {
            names.add(prefix + "variable");
            group.floats(names.getLast(), new int[0], product(nadam, state));
        }
        group.texts("weight_names", names);
    }

    private static Supplier<float[]> product(Nadam nadam, OptimizerState state) {
        return () -> new float[]{(float) nadam.product(state.iterations())};
    }

    /// The same in the order of Keras 2.2: all first tensors, then all second ones.
    ///
    /// @return whether Keras 2.2 has this optimizer in this form
    boolean writeKeras2(OptimizerState state, Draft group) {
        int kinds = kinds();
        var name = switch (optimizer) {
            case Adam adam when kinds == 2 -> "Adam";
            case Sgd sgd when kinds == 1 -> "SGD";
            case RmsProp rmsprop when kinds == 1 -> "RMSprop";
            default -> "";
        };
        if (name.isEmpty()) return false;
        var variables = new ArrayList<String>();
        for (int kind = 0; kind < kinds; kind++) {
            for (int i = kind; i < order.size(); i += kinds) {
                variables.add(variable(name, variables.size()));
                group.floats(variables.getLast(), extents(order.get(i)), values(state, order.get(i)));
            }
        }
        for (int i = 0; name.equals("Adam") && i < order.size() / kinds; i++) {
            variables.add(variable(name, variables.size()));
            group.floats(variables.getLast(), new int[]{1}, () -> new float[1]);
        }
        if (!name.equals("RMSprop")) { // which counts no steps
            variables.addFirst(name + "/iterations:0");
            group.integer(variables.getFirst(), state.iterations());
        }
        group.texts("weight_names", variables);
        return true;
    }

    private static String variable(String optimizer, int number) {
        return "training/" + optimizer + "/Variable" + (number == 0 ? "" : "_" + number) + ":0";
    }

    private static Supplier<float[]> rate(OptimizerState state) {
        return () -> new float[]{(float) state.learningRate()};
    }

    private int[] extents(int slot) {
        return Weights.extents(slots.get(slot).value().shape());
    }

    private static Supplier<float[]> values(OptimizerState state, int slot) {
        return () -> state.slots().get(slot).floats();
    }
}
