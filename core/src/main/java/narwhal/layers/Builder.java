package narwhal.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import narwhal.engine.Engine;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.initializers.Initializer;

/// Builds the layers of one model: gives them names, creates their parameters and numbers their random operations.
public final class Builder {
    private final Engine engine;
    private final Randomness randomness;
    private final List<Built> built = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private int randomStreams;
    private String current = "";

    /// What was built, in the order of building.
    ///
    /// @param name unique in the model
    /// @param layer its description
    /// @param output shape of one sample of its output
    /// @param parameters of this layer only
    public record Built(String name, Layer layer, Shape output, List<Parameter> parameters) {}

    /// @param engine holds the parameters
    /// @param randomness of the run
    public Builder(Engine engine, Randomness randomness) {
        this.engine = engine;
        this.randomness = randomness;
    }

    /// Builds an inner layer under a name of its own. Containers are not listed, what is in them is.
    public Forward build(Layer layer, Shape input) {
        if (layer instanceof Sequential container) return container.build(this, input);
        String outer = current;
        int first = parameters.size();
        current = unique(layer.defaultName());
        int place = built.size();
        try {
            var output = layer.outputShape(input);
            built.add(new Built(current, layer, output, List.of()));
            var forward = layer.build(this, input);
            built.set(place,
                    new Built(current, layer, output, List.copyOf(parameters.subList(first, parameters.size()))));
            return forward;
        } catch (NarwhalException e) {
            throw e.at(current);
        } finally {
            current = outer;
        }
    }

    /// Numbers that the optimizer trains.
    public Parameter parameter(String name, Shape shape, Initializer initializer) {
        return create(name, shape, initializer, true);
    }

    /// Numbers that the layer keeps up to date itself, such as a moving mean.
    public Parameter state(String name, Shape shape, Initializer initializer) {
        return create(name, shape, initializer, false);
    }

    /// A number for a random operation of the current layer, for [Pass#key].
    public int randomStream() {
        return randomStreams++;
    }

    /// Everything built so far, in order.
    public List<Built> built() {
        return List.copyOf(built);
    }

    /// All parameters so far, in order.
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    private Parameter create(String name, Shape shape, Initializer initializer, boolean trainable) {
        int stream = parameters.size();
        long[] drawn = {0};
        var values = initializer.values(shape, () -> randomness.uniform(Purpose.INITIALISATION, stream, drawn[0]++));
        var parameter = new Parameter(current, name, engine.of(shape, values), trainable);
        parameters.add(parameter);
        return parameter;
    }

    private String unique(String name) {
        int before = names.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "_" + before;
    }
}
