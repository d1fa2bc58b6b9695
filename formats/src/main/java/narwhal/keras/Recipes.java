package narwhal.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import narwhal.data.picture.Interpolation;
import narwhal.engine.Shape;
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
        return node.put("height", recipe.height()).put("width", recipe.width()).put("grayscale", recipe.grayscale())
                .put("interpolation", recipe.interpolation()).put("rescale", recipe.rescale());
    }

    /// @param node missing where there is no recipe
    static Optional<Recipe> read(JsonNode node, Origin origin) {
        if (node.isMissingNode()) return Optional.empty();
        var classes = new ArrayList<String>();
        for (var name : node.path("class_names")) {
            if (!name.isString() || classes.size() >= MOST_CLASSES) throw argument(node, "class_names", origin).damaged("names");
            classes.add(name.stringValue());
        }
        var interpolation = Forms.WORD.read(argument(node, "interpolation", origin)).orElseThrow().stringValue();
        if (Arrays.stream(Interpolation.values()).noneMatch(known -> known.kerasName().equals(interpolation)))
            throw argument(node, "interpolation", origin).damaged("nearest or bilinear");
        return Optional.of(new Recipe(classes, integer(node, "height", origin), integer(node, "width", origin),
                Forms.FLAG.read(argument(node, "grayscale", origin)).orElseThrow().booleanValue(),
                interpolation, Forms.number(argument(node, "rescale", origin)).doubleValue()));
    }

    /// A recipe for another model would give pictures of a wrong size, or classes without a name.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_DAMAGED`
    static void requireFit(Recipe recipe, Model model, Origin origin) {
        int classes = model.output().last() == 1 ? 2 : model.output().last();
        var pictures = Shape.of(recipe.height(), recipe.width(), recipe.grayscale() ? 1 : 3);
        if (recipe.classNames().size() != classes || !pictures.equals(model.input()))
            throw Problem.MODEL_DAMAGED.because(origin.file() + ": its recipe is for " + recipe.classNames().size()
                    + " classes and pictures of " + pictures + ", the model has " + classes + " and takes " + model.input());
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
