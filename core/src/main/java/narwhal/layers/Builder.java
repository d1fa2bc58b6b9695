package narwhal.layers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import narwhal.engine.Engine;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.initializers.Initializer;
import narwhal.layers.Merge.MergeForward;
import narwhal.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/// Builds the layers of one model: gives them names, creates their parameters and numbers their random operations.
public final class Builder {
    /// Empty where numbers are only planned.
    private final Optional<Engine> engine;
    private final Randomness randomness;
    private final List<Built> built = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Penalty> penalties = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private int randomStreams;
    private int frozen;
    private String current = "";
    private @Nullable String nextName;
    /// Parameters of a layer that is used once more, in the order in which it asks for them.
    private @Nullable Deque<Parameter> again;

    /// What was built, in the order of building.
    ///
    /// @param name unique in the model
    /// @param layer its description
    /// @param output shape of one sample of its output
    /// @param parameters of this layer only
    public record Built(String name, Layer layer, Shape output, List<Parameter> parameters) {}

    /// What a weight adds to the loss.
    public record Penalty(Parameter parameter, Regularizer regularizer) {}

    /// @param engine holds the parameters
    /// @param randomness of the run
    public Builder(Engine engine, Randomness randomness) {
        this(Optional.of(engine), randomness);
    }

    private Builder(Optional<Engine> engine, Randomness randomness) {
        this.engine = engine;
        this.randomness = randomness;
    }

    /// What building a network would create: names, shapes and parameters, the last without numbers. Takes no memory of the
    /// model's size.
    ///
    /// @throws NarwhalException `SHAPE_MISMATCH` or `SHAPE_TOO_SMALL`, naming the layer
    public static List<Built> plan(Layer network, Shape input) {
        var builder = new Builder(Optional.empty(), new Randomness(0));
        builder.build(network, input);
        return builder.built();
    }

    /// A tensor that is only a shape.
    private record Planned(Shape shape) implements Tensor {}

    /// Builds an inner layer under a name of its own. Containers are not listed, what is in them is.
    public Forward build(Layer layer, Shape input) {
        return switch (layer) {
            case Named named -> {
                nextName = named.name();
                yield build(named.layer(), input);
            }
            case Frozen ice -> {
                frozen++;
                try {
                    yield build(ice.layer(), input);
                } finally {
                    frozen--;
                }
            }
            case Container container -> {
                nextName = null;
                yield container.build(this, input);
            }
            default -> listed(layer, () -> layer.outputShape(input), () -> layer.build(this, input));
        };
    }

    /// Builds an inner layer of several inputs.
    MergeForward build(Layer layer, List<Shape> inputs) {
        return switch (layer) {
            case Named named -> {
                nextName = named.name();
                yield build(named.layer(), inputs);
            }
            case Frozen ice -> build(ice.layer(), inputs);
            case Merge merge ->
                listed(merge, () -> merge.outputShape(inputs), () -> merge.build(this, inputs));
            default -> throw new IllegalArgumentException(
                    layer.kind() + " takes one input, got " + inputs.size() + "; merge them first");
        };
    }

    private <T> T listed(Layer layer, Supplier<Shape> shape, Supplier<T> build) {
        String outer = current;
        if (again == null) current = name(layer);
        nextName = null;
        try {
            if (again != null) return build.get();
            int first = parameters.size();
            int place = built.size();
            var output = shape.get();
            built.add(new Built(current, layer, output, List.of()));
            var forward = build.get();
            var own = List.copyOf(parameters.subList(first, parameters.size()));
            built.set(place, new Built(current, layer, output, own));
            return forward;
        } catch (NarwhalException e) {
            throw e.at(current);
        } finally {
            current = outer;
        }
    }

    /// Builds a layer once more with parameters that it has already.
    Forward buildAgain(Layer layer, Shape input, List<Parameter> parameters) {
        var outer = again;
        again = new ArrayDeque<>(parameters);
        try {
            return build(layer, input);
        } finally {
            again = outer;
        }
    }

    /// Numbers that the optimizer trains.
    public Parameter parameter(String name, Shape shape, Initializer initializer) {
        return create(name, shape, initializer, frozen == 0);
    }

    /// Numbers that the optimizer trains, with a penalty where the weight has one.
    public Parameter parameter(String name, Shape shape, Weight weight) {
        boolean shared = again != null;
        var parameter = parameter(name, shape, weight.initializer());
        if (!shared && parameter.trainable()) {
            weight.regularizer().ifPresent(regularizer -> penalties.add(new Penalty(parameter, regularizer)));
        }
        return parameter;
    }

    /// Numbers that the layer keeps up to date itself, such as a moving mean.
    public Parameter state(String name, Shape shape, Initializer initializer) {
        return create(name, shape, initializer, false);
    }

    /// Numbers that never change and are no parameters.
    public Tensor constant(Shape shape, double value) {
        return constant(shape, List.of(value));
    }

    /// Numbers that never change and are no parameters.
    ///
    /// @param values one for all, or one for each element
    public Tensor constant(Shape shape, List<Double> values) {
        if (engine.isEmpty()) return new Planned(shape);
        var all = values.size() == 1 ? Collections.nCopies(shape.size(), values.getFirst()) : values;
        var floats = new float[shape.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = all.get(i).floatValue();
        return engine.get().of(shape, floats);
    }

    /// A number for a random operation of the current layer, for [Pass#key].
    public int randomStream() {
        return randomStreams++;
    }

    /// Whether the current layer is frozen: training changes nothing in it.
    public boolean frozen() {
        return frozen > 0;
    }

    /// Everything built so far, in order.
    public List<Built> built() {
        return List.copyOf(built);
    }

    /// All parameters so far, in order.
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /// All penalties so far, in order.
    public List<Penalty> penalties() {
        return List.copyOf(penalties);
    }

    private Parameter create(String name, Shape shape, Initializer initializer, boolean trainable) {
        if (again != null) return reused(name, shape);
        int stream = parameters.size();
        var value = engine.map(e -> e.of(shape, first(initializer, shape, stream))).orElseGet(() -> new Planned(shape));
        var parameter = new Parameter(current, name, value, trainable);
        parameters.add(parameter);
        return parameter;
    }

    private float[] first(Initializer initializer, Shape shape, int stream) {
        long[] drawn = {0};
        return initializer.values(shape, () -> randomness.uniform(Purpose.INITIALISATION, stream, drawn[0]++));
    }

    private Parameter reused(String name, Shape shape) {
        var parameter = again == null ? null : again.poll();
        if (parameter == null || !parameter.value().shape().equals(shape)) {
            throw Problem.SHAPE_MISMATCH.because(
                    "shared layer: its " + name + " is " + (parameter == null ? "missing" : parameter.value().shape())
                            + ", this input needs " + shape,
                    "give all uses the same channels");
        }
        return parameter;
    }

    private String name(Layer layer) {
        if (nextName != null) {
            if (!given.add(nextName)) {
                throw new IllegalArgumentException("two layers of the model are called '" + nextName + "'");
            }
            return nextName;
        }
        while (true) {
            String kind = layer.defaultName();
            int before = names.merge(kind, 1, Integer::sum) - 1;
            String name = before == 0 ? kind : kind + "_" + before;
            if (given.add(name)) return name;
        }
    }
}
