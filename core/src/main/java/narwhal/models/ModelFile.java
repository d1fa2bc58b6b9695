package narwhal.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.disk.Container;
import narwhal.disk.Disk;
import narwhal.disk.Section;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.layers.Layer;
import narwhal.layers.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Models in Narwhal's own container: network, weights, class names and the recipe for pictures, in one file with
/// checksums. A training checkpoint is such a file with more in it, and is read as a model just the same.
public final class ModelFile {
    /// What made the files of this build.
    public static final String BUILD = "narwhal 0.1.0";

    private static final String WEIGHTS = "weights/";

    private ModelFile() {
    }

    /// A model that was read from a file.
    ///
    /// @param recipe for its pictures; empty if it was not trained on pictures
    public record Loaded(Model model, Optional<Recipe> recipe) {}

    /// Writes a model, whole or not at all.
    ///
    /// @throws narwhal.errors.NarwhalException `DISK_FULL`, `DISK_PERMISSION` or `DISK_WRITE`; the older file is intact
    public static void save(Model model, Optional<Recipe> recipe, Path file) {
        var state = Json.object();
        describe(model, recipe, state);
        new Container("model", BUILD, state, weights(model)).save(Disk.real(), file);
    }

    /// Reads a model or a checkpoint.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_DAMAGED`, `CKPT_NEWER_VERSION`, `MODEL_UNKNOWN_LAYER`, `MODEL_DAMAGED`
    public static Loaded load(Path file, Engine engine) {
        var container = Container.read(file);
        var description = container.state().path("model");
        var input = Shape.of(integers(description.path("input")));
        if (description.path("network").isMissingNode()) {
            throw Problem.MODEL_UNKNOWN_LAYER.because(file + ": the network has layers of its author's own",
                    "build the network in a program and load the weights into it");
        }
        var model = Model.of(Architecture.read(description.path("network")), input, 0, engine);
        restoreWeights(model, container, file);
        return new Loaded(model, recipe(container.state(), file));
    }

    /// Puts the weights of a container into a model of the same layers.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_OTHER_MODEL` naming the first difference; nothing was changed then
    public static void restoreWeights(Model model, Container container, Path file) {
        var stored = container.sections().stream().filter(section -> section.name().startsWith(WEIGHTS)).toList();
        var parameters = model.parameters();
        for (int i = 0; i < Math.max(stored.size(), parameters.size()); i++) {
            var here = i < parameters.size()
                    ? parameters.get(i).path() + " " + parameters.get(i).value().shape()
                    : "nothing more";
            var there = i < stored.size()
                    ? stored.get(i).name().substring(WEIGHTS.length()) + " " + Shape.of(stored.get(i).shape())
                    : "nothing more";
            if (!here.equals(there)) {
                throw Problem.CKPT_OTHER_MODEL.because(file + ": holds " + there + " where the model has " + here);
            }
        }
        for (int i = 0; i < parameters.size(); i++) {
            var values = stored.get(i).floats();
            model.engine().write(parameters.get(i).value(), 0, values, values.length);
        }
    }

    /// Adds what a reader needs to build the model again.
    public static void describe(Model model, Optional<Recipe> recipe, ObjectNode state) {
        var description = state.putObject("model");
        var input = description.putArray("input");
        for (int axis = 0; axis < model.input().rank(); axis++) input.add(model.input().dim(axis));
        if (describable(model.network())) description.set("network", Architecture.write(model.network()));
        recipe.ifPresent(r -> {
            var node = state.putObject("recipe");
            var classes = node.putArray("class_names");
            r.classNames().forEach(classes::add);
            node.put("height", r.height()).put("width", r.width()).put("grayscale", r.grayscale())
                    .put("interpolation", r.interpolation()).put("rescale", r.rescale())
                    .put("samplewise_center", r.samplewiseCenter())
                    .put("samplewise_std_normalization", r.samplewiseStdNormalization());
            var mean = node.putArray("featurewise_mean");
            r.featurewiseMean().forEach(mean::add);
            var std = node.putArray("featurewise_std");
            r.featurewiseStd().forEach(std::add);
        });
    }

    /// All parameters as sections.
    public static List<Section> weights(Model model) {
        var sections = new ArrayList<Section>();
        for (var parameter : model.parameters())
            sections.add(section(WEIGHTS + parameter.path(), model.engine(), parameter));
        return sections;
    }

    private static Section section(String name, Engine engine, Parameter parameter) {
        var shape = parameter.value().shape();
        return Section.float32(name, engine.read(parameter.value()),
                IntStream.range(0, shape.rank()).map(shape::dim).toArray());
    }

    /// A network with a layer of the user's own is saved with its weights only.
    private static boolean describable(Layer network) {
        try {
            Architecture.write(network);
            return true;
        } catch (narwhal.errors.NarwhalException e) {
            return false;
        }
    }

    /// The recipe in the state of a container that [#describe] wrote; empty where there is none.
    ///
    /// @param file for errors
    /// @throws narwhal.errors.NarwhalException `MODEL_DAMAGED` for one that contradicts itself
    public static Optional<Recipe> recipe(ObjectNode state, Path file) {
        var node = state.path("recipe");
        if (node.isMissingNode()) return Optional.empty();
        var classes = new ArrayList<String>();
        for (var name : node.path("class_names")) classes.add(name.asString());
        var mean = floats(node.path("featurewise_mean"));
        var std = floats(node.path("featurewise_std"));
        int channels = node.path("grayscale").asBoolean() ? 1 : 3;
        if (!List.of(0, channels).contains(mean.size()) || !List.of(0, mean.size()).contains(std.size())) {
            throw Problem.MODEL_DAMAGED.because(file + ": statistics of " + mean.size() + " and " + std.size()
                    + " channels for pictures of " + channels);
        }
        return Optional.of(new Recipe(classes, node.path("height").asInt(), node.path("width").asInt(),
                node.path("grayscale").asBoolean(),
                node.path("interpolation").asString(), node.path("rescale").asDouble(),
                node.path("samplewise_center").asBoolean(false),
                node.path("samplewise_std_normalization").asBoolean(false), mean, std));
    }

    private static List<Float> floats(JsonNode array) {
        var numbers = new ArrayList<Float>();
        for (var number : array) numbers.add((float) number.asDouble());
        return numbers;
    }

    private static int[] integers(JsonNode array) {
        var numbers = new int[array.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = array.get(i).asInt();
        return numbers;
    }
}
