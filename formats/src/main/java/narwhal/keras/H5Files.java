package narwhal.keras;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import narwhal.engine.Engine;
import narwhal.errors.Problem;
import narwhal.hdf5.DataSet;
import narwhal.hdf5.Draft;
import narwhal.hdf5.Group;
import narwhal.json.Json;
import narwhal.keras.Leaves.Leaf;
import narwhal.layers.Parameter;
import tools.jackson.databind.JsonNode;

/// What Keras keeps where in an HDF5 file.
final class H5Files {
    /// The version whose meaning of words we write. Keras 2 and 3 read a file whatever it says.
    static final String KERAS_2 = "2.2.4";
    static final String KERAS_3 = "3.0.0";

    static final String MODEL_CONFIG = "model_config";
    static final String MODEL_WEIGHTS = "model_weights";
    static final String TRAINING_CONFIG = "training_config";
    static final String OPTIMIZER_WEIGHTS = "optimizer_weights";
    private static final String BACKEND = "tensorflow";

    private H5Files() {
    }

    // ---- reading ----

    /// A text attribute that is JSON.
    ///
    /// @return missing where there is no such attribute
    static JsonNode json(Group group, String attribute) {
        var text = group.text(attribute);
        if (text.isEmpty()) return Json.object().path(attribute);
        return Json.parse(text.get().getBytes(StandardCharsets.UTF_8), Problem.MODEL_DAMAGED, Problem.MODEL_LIMIT,
                group.file() + ": " + attribute);
    }

    /// The optimizer's arrays in a file of Keras 3, by number.
    static Optional<List<DataSet>> keras3Memory(Group root) {
        return root.group("optimizer").flatMap(optimizer -> optimizer.group("vars")).map(vars -> {
            var data = new ArrayList<DataSet>();
            for (int i = 0; vars.dataSet(Integer.toString(i)).isPresent(); i++)
                data.add(vars.dataSet(Integer.toString(i)).orElseThrow());
            return data;
        });
    }

    /// The optimizer's arrays in a whole-model file, by its list of names.
    static Optional<List<DataSet>> legacyMemory(Group root) {
        return root.group(OPTIMIZER_WEIGHTS).map(group -> group.texts("weight_names").orElse(List.of()).stream()
                .map(name -> group.dataSet(name).orElseThrow(() -> Problem.MODEL_DAMAGED
                        .because(root.file() + ": " + group.path() + " has no data set '" + name + "'")))
                .toList());
    }

    // ---- writing ----

    /// Configuration and weights of a model, as Keras 2 wrote them and Keras 3 reads them.
    static Draft whole(String version, JsonNode config, List<Leaf> layers, Engine engine) {
        var root = new Draft();
        root.ascii("keras_version", version).ascii("backend", BACKEND);
        root.ascii(MODEL_CONFIG, new String(Json.bytes(config), StandardCharsets.UTF_8));
        legacyWeights(root.group(MODEL_WEIGHTS), layers, engine);
        return root;
    }

    /// A group for each layer, by its name.
    static void legacyWeights(Draft root, List<Leaf> layers, Engine engine) {
        root.texts("layer_names", layers.stream().map(Leaf::name).toList());
        root.ascii("backend", BACKEND).ascii("keras_version", KERAS_2);
        for (var layer : layers) {
            var group = root.group(layer.name());
            var parameters = Weights.inOrder(List.of(layer.built()).stream());
            group.texts("weight_names", parameters.stream().map(H5Files::weightName).toList());
            for (var parameter : parameters) floats(group, weightName(parameter), parameter, engine);
        }
    }

    private static String weightName(Parameter parameter) {
        return parameter.path() + ":0";
    }

    /// A group for each layer, by its class and number.
    static void keras3Weights(Draft root, String model, List<Leaf> layers, Engine engine) {
        root.group("vars").text("name", model);
        var names = new Names();
        for (var layer : layers) {
            var group = root.group("layers").group(names.next(layer.className())).group("vars");
            group.text("name", layer.name());
            var parameters = Weights.inOrder(List.of(layer.built()).stream());
            for (int i = 0; i < parameters.size(); i++) floats(group, Integer.toString(i), parameters.get(i), engine);
        }
    }

    private static void floats(Draft group, String path, Parameter parameter, Engine engine) {
        if (Weights.isCount(parameter)) {
            group.integer(path, (long) engine.read(parameter.value())[0]);
            return;
        }
        Supplier<float[]> values = () -> engine.read(parameter.value());
        group.floats(path, Weights.extents(parameter.value().shape()), values);
    }
}
