package narwhal.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.hdf5.DataSet;
import narwhal.hdf5.Group;
import narwhal.layers.Builder.Built;
import narwhal.layers.Parameter;
import narwhal.models.Model;

/// Which data set of a file holds which parameter, checked before a number is read: as many as the layers need, each of its
/// parameter's shape.
///
/// Files lay weights out in two ways. Up to Keras 2, and in whole-model `.h5`: a group for each layer by its name, with a list
/// of names; layers with weights are matched by position. In Keras 3's own files: `layers/conv2d_1/vars/0`, by class and number.
final class Weights {
    private static final String LAYER_NAMES = "layer_names";
    private static final String WEIGHT_NAMES = "weight_names";

    private final String file;
    private final Map<String, Built> built = new LinkedHashMap<>();
    private final Map<Parameter, DataSet> places = new LinkedHashMap<>();

    private Weights(String file, List<Built> layers) {
        this.file = file;
        for (var layer : layers) built.put(layer.name(), layer);
    }

    /// Finds the weights of a file.
    ///
    /// @param root of the file, or the group of it that holds weights
    /// @param layers as they were planned or built
    /// @throws NarwhalException `MODEL_SIZE_MISMATCH` or `MODEL_UNKNOWN_FORMAT`
    static Weights find(Group root, List<Part> parts, List<Built> layers) {
        var weights = new Weights(root.file(), layers);
        if (root.texts(LAYER_NAMES).isPresent()) weights.byPosition(root, parts);
        else if (holdsKeras3(root)) weights.byClass(root, parts);
        else
            throw Problem.MODEL_UNKNOWN_FORMAT.because(root.file() + ": holds no weights of Keras");
        weights.places.forEach((parameter, data) -> {
            if (isCount(parameter)) data.number();
            else
                data.expect(extents(parameter.value().shape()));
        });
        return weights;
    }

    /// Whether a file is laid out in the manner of Keras 3.
    static boolean holdsKeras3(Group root) {
        return layers(root).isPresent() || root.group("vars").isPresent();
    }

    private static java.util.Optional<Group> layers(Group group) {
        return group.group("layers").or(() -> group.group("_layer_checkpoint_dependencies"));
    }

    /// Puts the numbers into a model whose layers have the names that were given to [#find].
    void load(Model model) {
        var byPath = new LinkedHashMap<String, Parameter>();
        for (var parameter : model.parameters()) byPath.put(parameter.path(), parameter);
        places.forEach((planned, data) -> {
            var parameter = byPath.get(planned.path());
            if (parameter == null) throw new IllegalStateException("no parameter " + planned.path());
            var values = isCount(parameter)
                    ? new float[]{(float) data.number()}
                    : data.floats(extents(parameter.value().shape()));
            model.engine().write(parameter.value(), 0, values, values.length);
        });
    }

    /// A single number that Keras keeps as a whole one: how many values a `Normalization` has seen.
    static boolean isCount(Parameter parameter) {
        return parameter.value().shape().rank() == 0;
    }

    static int[] extents(Shape shape) {
        var extents = new int[shape.rank()];
        for (int axis = 0; axis < extents.length; axis++) extents[axis] = shape.dim(axis);
        return extents;
    }

    /// The parameters of layers in the order in which Keras lists them: those that train first.
    static List<Parameter> inOrder(Stream<Built> layers) {
        var all = layers.flatMap(layer -> layer.parameters().stream()).toList();
        return Stream.concat(all.stream().filter(Parameter::trainable), all.stream().filter(p -> !p.trainable()))
                .toList();
    }

    private List<Parameter> parameters(Part part) {
        return inOrder(part.layers().map(layer -> {
            var found = built.get(layer.built());
            if (found == null) throw new IllegalStateException("no layer " + layer.built());
            return found;
        }));
    }

    // ---- by position ----

    private record Stored(String name, List<DataSet> data) {}

    private void byPosition(Group root, List<Part> parts) {
        var stored = stored(root);
        var weighted = parts.stream().filter(part -> !parameters(part).isEmpty()).toList();
        if (stored.size() != weighted.size())
            throw mismatch("holds weights of " + stored.size() + " layers, the model has " + weighted.size());
        for (int i = 0; i < stored.size(); i++) {
            var parameters = parameters(weighted.get(i));
            var data = stored.get(i).data;
            if (data.size() != parameters.size())
                throw mismatch("layer '" + stored.get(i).name + "' has " + data.size() + " weights, '"
                        + weighted.get(i).name() + "' of the model has " + parameters.size());
            for (int w = 0; w < data.size(); w++) places.put(parameters.get(w), data.get(w));
        }
    }

    private List<Stored> stored(Group root) {
        var stored = new ArrayList<Stored>();
        for (var layer : root.texts(LAYER_NAMES).orElseThrow()) {
            var group = find(root, layer);
            var data = new ArrayList<DataSet>();
            for (var name : group.texts(WEIGHT_NAMES).orElse(List.of()))
                data.add(group.dataSet(name)
                        .orElseThrow(() -> mismatch(group.path() + " has no data set '" + name + "'")));
            if (!data.isEmpty()) stored.add(new Stored(layer, data));
        }
        return stored;
    }

    /// A name of a layer may have slashes, which HDF5 takes for groups in groups.
    private Group find(Group root, String path) {
        var group = root;
        for (var name : path.split("/", -1))
            group = group.group(name).orElseThrow(() -> mismatch("has no group for layer '" + path + "'"));
        return group;
    }

    // ---- by class ----

    private void byClass(Group group, List<Part> parts) {
        var names = new Names();
        for (var part : parts) {
            var name = names.next(part.className());
            var own = layers(group).flatMap(layers -> layers.group(name));
            if (part.built().isEmpty()) {
                if (!parameters(part).isEmpty())
                    byClass(own
                            .orElseThrow(() -> mismatch("has no group layers/" + name + " for '" + part.name() + "'")),
                            part.parts());
                continue;
            }
            var parameters = parameters(part);
            if (parameters.isEmpty()) continue;
            var vars = own.flatMap(layer -> layer.group("vars"))
                    .orElseThrow(() -> mismatch("has no group layers/" + name + "/vars for '" + part.name() + "'"));
            if (vars.children().size() != parameters.size())
                throw mismatch(vars.path() + " has " + vars.children().size() + " weights, '" + part.name() + "' needs "
                        + parameters.size());
            for (int i = 0; i < parameters.size(); i++) {
                var number = Integer.toString(i);
                places.put(parameters.get(i),
                        vars.dataSet(number).orElseThrow(() -> mismatch(vars.path() + " has no data set " + number)));
            }
        }
    }

    private NarwhalException mismatch(String what) {
        return Problem.MODEL_SIZE_MISMATCH.because(file + ": " + what);
    }
}
