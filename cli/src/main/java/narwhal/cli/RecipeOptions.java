package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import narwhal.data.picture.Interpolation;
import narwhal.errors.Problem;
import narwhal.models.Model;
import narwhal.models.Recipe;
import picocli.CommandLine.Option;

/// What a model that Keras saved does not say: its classes, and how its pictures were prepared.
final class RecipeOptions {
    @Option(names = "--class-names", paramLabel = "A,B,…", split = ",", description = "For a model without them: its classes, in order.")
    private final List<String> classNames = new ArrayList<>();

    @Option(names = "--rescale", paramLabel = "F", description = "For a model without a recipe: the factor on the pixels 0 to 255, such as 0.00392156862745098 or 1.")
    private Optional<Double> rescale = Optional.empty();

    @Option(names = "--interpolation", paramLabel = "I", description = "For a model without a recipe: how pictures are resized, nearest or bilinear (default: nearest).")
    private Interpolation interpolation = Interpolation.NEAREST;

    /// The recipe that the options describe; empty if they are not given.
    ///
    /// @throws narwhal.errors.NarwhalException `USAGE_CONFLICT` if only one of them is; `SHAPE_MISMATCH` for another number of
    ///     classes than the model has, or a model that takes no pictures
    Optional<Recipe> of(Model model) {
        if (classNames.isEmpty() && rescale.isEmpty()) return Optional.empty();
        if (classNames.isEmpty() || rescale.isEmpty())
            throw Problem.USAGE_CONFLICT.because("--class-names and --rescale belong together", "give both");
        int classes = model.output().last() == 1 ? 2 : model.output().last();
        if (classNames.size() != classes)
            throw Problem.SHAPE_MISMATCH.because(
                    "--class-names has " + classNames.size() + " names, the model's output is " + model.output(),
                    "give " + classes);
        var input = model.input();
        if (input.rank() != 3 || (input.last() != 1 && input.last() != 3))
            throw Problem.SHAPE_MISMATCH.because("the model takes " + input + ", no pictures of 1 or 3 channels");
        return Optional.of(new Recipe(classNames, input.dim(0), input.dim(1), input.last() == 1,
                interpolation.name().toLowerCase(Locale.ROOT), rescale.get()));
    }
}
