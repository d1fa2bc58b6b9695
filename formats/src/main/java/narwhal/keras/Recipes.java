package narwhal.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import narwhal.data.picture.Interpolation;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.models.Model;
import narwhal.models.Recipe;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Class names and the treatment of pictures, where Keras does not look: an entry `narwhal` of `metadata.json`, an attribute
/// `narwhal` of an HDF5 file, a key `narwhal` of an architecture.
final class Recipes {
    static final String NAME = "narwhal";

    private static final int MOST_CLASSES = 100_000;

    private Recipes() {
    }

    static ObjectNode write(Recipe recipe) {
        var node = Json.object();
        var classes = node.putArray("class_names");
        recipe.classNames().forEach(classes::add);
        node.put("height", recipe.height()).put("width", recipe.width()).put("grayscale", recipe.grayscale())
                .put("interpolation", recipe.interpolation()).put("rescale", recipe.rescale())
                .put("samplewise_center", recipe.samplewiseCenter())
                .put("samplewise_std_normalization", recipe.samplewiseStdNormalization());
        recipe.featurewiseMean().forEach(node.putArray("featurewise_mean")::add);
        recipe.featurewiseStd().forEach(node.putArray("featurewise_std")::add);
        return node;
    }

    /// @param node missing where there is no recipe
    static Optional<Recipe> read(JsonNode node, Origin origin) {
        if (node.isMissingNode()) return Optional.empty();
        var classes = new ArrayList<String>();
        for (var name : node.path("class_names")) {
            if (!name.isString() || classes.size() >= MOST_CLASSES)
                throw argument(node, "class_names", origin).damaged("names");
            classes.add(name.stringValue());
        }
        var interpolation = Forms.WORD.read(argument(node, "interpolation", origin)).orElseThrow().stringValue();
        if (Arrays.stream(Interpolation.values()).noneMatch(known -> known.kerasName().equals(interpolation)))
            throw argument(node, "interpolation", origin).damaged("nearest or bilinear");
        return Optional.of(new Recipe(classes, integer(node, "height", origin), integer(node, "width", origin),
                flag(node, "grayscale", origin), interpolation,
                Forms.number(argument(node, "rescale", origin)).doubleValue(), flag(node, "samplewise_center", origin),
                flag(node, "samplewise_std_normalization", origin), floats(node, "featurewise_mean", origin),
                floats(node, "featurewise_std", origin)));
    }

    private static boolean flag(JsonNode node, String name, Origin origin) {
        return Forms.FLAG.read(argument(node, name, origin)).orElseThrow().booleanValue();
    }

    private static List<Float> floats(JsonNode node, String name, Origin origin) {
        var numbers = new ArrayList<Float>();
        var argument = argument(node, name, origin);
        if (!argument.value().isArray()) throw argument.damaged("a list of numbers");
        for (var number : argument.value())
            numbers.add((float) Forms.number(argument.part("number", number)).doubleValue());
        return numbers;
    }

    /// A recipe for another model would give pictures of a wrong size, or classes without a name.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_DAMAGED`
    static void requireFit(Recipe recipe, Model model, Origin origin) {
        int classes = model.output().last() == 1 ? 2 : model.output().last();
        int channels = recipe.grayscale() ? 1 : 3;
        var pictures = Shape.of(recipe.height(), recipe.width(), channels);
        int means = recipe.featurewiseMean().size();
        if (!Set.of(0, channels).contains(means) || !List.of(0, means).contains(recipe.featurewiseStd().size()))
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": its recipe has statistics of " + means + " and "
                    + recipe.featurewiseStd().size() + " channels for pictures of " + channels);
        if (recipe.classNames().size() != classes || !pictures.equals(model.input()))
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": its recipe is for " + recipe.classNames().size()
                    + " classes and pictures of " + pictures + ", the model has " + classes + " and takes "
                    + model.input());
    }

    private static int integer(JsonNode node, String name, Origin origin) {
        int value = Forms.integer(argument(node, name, origin)).intValue();
        if (value < 1) throw argument(node, name, origin).damaged("at least 1");
        return value;
    }

    private static Argument argument(JsonNode node, String name, Origin origin) {
        return new Argument(origin, "recipe", name, node.path(name));
    }
}
