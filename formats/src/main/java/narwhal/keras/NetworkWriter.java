package narwhal.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.keras.Leaves.Leaf;
import narwhal.models.Architecture;
import narwhal.models.Model;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A model's configuration in Keras' words. Containers are written as the layers in them: a line of layers becomes a
/// `Sequential`, anything else a functional model.
final class NetworkWriter {
    private static final String DTYPE = "float32";

    private final Model model;
    private final Leaves leaves;
    private final List<Leaf> list;
    private final Dialect dialect;
    private final String inputName;

    NetworkWriter(Model model, Dialect dialect) {
        this.model = model;
        this.dialect = dialect;
        leaves = Leaves.of(model);
        list = leaves.list();
        inputName = inputName();
    }

    private String inputName() {
        var usual = dialect == Dialect.KERAS_3 ? "input_layer" : "input_1";
        var name = usual;
        for (int i = 1; taken(name); i++) name = usual + "_" + i;
        return name;
    }

    private boolean taken(String name) {
        return list.stream().anyMatch(leaf -> leaf.name().equals(name));
    }

    /// The layers in Keras' order.
    List<Leaf> layers() {
        return list;
    }

    /// Whether the input is listed among the layers.
    boolean isFunctional() {
        return !leaves.inLine();
    }

    /// Keras' name of the model.
    String name() {
        if (dialect == Dialect.KERAS_3) return isFunctional() ? "functional" : "sequential";
        return isFunctional() ? "model_1" : "sequential_1";
    }

    /// `{"class_name": …, "config": …}`.
    ///
    /// @throws NarwhalException `MODEL_UNKNOWN_LAYER` for a layer of the user's own
    ObjectNode write() {
        var config = Json.object().put("name", name());
        if (dialect == Dialect.KERAS_3) config.put("trainable", true);
        var layers = config.putArray("layers");
        var input = input(layers);
        if (isFunctional()) {
            input.put("name", inputName).putArray("inbound_nodes");
            functional(layers, config);
        } else {
            for (var leaf : list) layers.add(layer(leaf));
            if (dialect == Dialect.KERAS_3) shape(model.input(), config.putArray("build_input_shape"));
        }
        return object(config);
    }

    private ObjectNode object(ObjectNode config) {
        if (dialect == Dialect.KERAS_2)
            return Objects.write("", isFunctional() ? "Model" : "Sequential", config, dialect);
        var object = isFunctional()
                ? Objects.write("keras.src.models.functional", "Functional", config, dialect)
                        .put("registered_name", "Functional")
                : Objects.write("keras", "Sequential", config, dialect);
        if (!isFunctional()) shape(model.input(), object.putObject("build_config").putArray("input_shape"));
        return object;
    }

    private ObjectNode input(ArrayNode layers) {
        var config = Json.object();
        shape(model.input(), config.putArray(dialect == Dialect.KERAS_3 ? "batch_shape" : "batch_input_shape"));
        config.put("dtype", DTYPE).put("sparse", false).put("name", inputName);
        var entry = Objects.write("keras.layers", "InputLayer", config, dialect);
        layers.add(entry);
        return entry;
    }

    private static void shape(Shape shape, ArrayNode array) {
        array.addNull();
        for (int axis = 0; axis < shape.rank(); axis++) array.add(shape.dim(axis));
    }

    private ObjectNode layer(Leaf leaf) {
        var kind = Kind.of(leaf.className())
                .orElseThrow(() -> Problem.MODEL_UNKNOWN_LAYER.because(
                        leaf.name() + ": " + leaf.className() + " is a layer of your own, expected one of Keras'",
                        "save the weights and build the network in your program"));
        var ours = Architecture.write(leaf.built().layer()).get(0).path("config");
        var config = Json.object().put("name", leaf.name());
        if (!leaf.className().equals("SpatialDropout2D")) // Its constructor in Keras 3 does not take it.
            config.put("trainable", !leaf.frozen());
        if (dialect == Dialect.KERAS_3) config.put("dtype", DTYPE);
        config.setAll(LayerConfigs.write(kind, ours, dialect));
        return Objects.write("keras.layers", kind.className(), config, dialect);
    }

    // ---- functional models ----

    private void functional(ArrayNode layers, ObjectNode config) {
        var tensors = tensors();
        for (var leaf : list) {
            var entry = layer(leaf).put("name", leaf.name());
            var nodes = entry.putArray("inbound_nodes");
            for (var use : leaf.uses()) node(use.inputs().stream().map(tensors::get).toList(), nodes);
            layers.add(entry);
        }
        history(tensors.getFirst(), ends(config, "input_layers"));
        history(tensors.getLast(), ends(config, "output_layers"));
    }

    /// A result that is handed on.
    ///
    /// @param layer that makes it
    /// @param node which use of it
    private record Tensor(String layer, int node, Shape shape) {}

    /// The model's input and the result of each use.
    private List<Tensor> tensors() {
        var tensors = new ArrayList<Tensor>();
        tensors.add(new Tensor(inputName, 0, model.input()));
        Map<Integer, Integer> count = new HashMap<>();
        for (var use : leaves.uses()) {
            var built = model.layers().get(use.built());
            int node = count.merge(use.built(), 1, Integer::sum) - 1;
            tensors.add(new Tensor(built.name(), node, built.output()));
        }
        return tensors;
    }

    private ArrayNode ends(ObjectNode config, String name) {
        var array = config.putArray(name);
        return dialect == Dialect.KERAS_3 ? array : array.addArray();
    }

    private void node(List<Tensor> inputs, ArrayNode nodes) {
        if (dialect == Dialect.KERAS_2) {
            var node = nodes.addArray();
            for (var input : inputs) history(input, node.addArray()).addObject();
            return;
        }
        var node = nodes.addObject();
        var arguments = node.putArray("args");
        var tensors = inputs.size() == 1 ? arguments : arguments.addArray();
        for (var input : inputs) {
            var config = tensors.addObject().put("class_name", "__keras_tensor__").putObject("config");
            shape(input.shape, config.putArray("shape"));
            config.put("dtype", DTYPE);
            history(input, config.putArray("keras_history"));
        }
        node.putObject("kwargs");
    }

    private static ArrayNode history(Tensor tensor, ArrayNode array) {
        return array.add(tensor.layer).add(tensor.node).add(0);
    }
}
