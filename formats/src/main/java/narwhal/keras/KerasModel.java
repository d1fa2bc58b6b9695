package narwhal.keras;

import java.util.List;
import java.util.Optional;
import narwhal.models.Model;
import narwhal.models.Recipe;

/// A model and what travels with it in a file.
///
/// @param recipe for its pictures, with the names of its classes; only files of Narwhal have one
/// @param compiled what it was trained with, and where its training was
/// @param notes what a reader of the file should know: arguments that were left out, numbers that were converted
public record KerasModel(Model model, Optional<Recipe> recipe, Optional<Compiled> compiled, List<String> notes) {
    public KerasModel {
        notes = List.copyOf(notes);
    }

    /// A model to be written.
    public static KerasModel of(Model model) {
        return new KerasModel(model, Optional.empty(), Optional.empty(), List.of());
    }

    /// The same with a recipe.
    public KerasModel recipe(Recipe recipe) {
        return new KerasModel(model, Optional.of(recipe), compiled, notes);
    }

    /// The same with its training.
    public KerasModel compiled(Compiled compiled) {
        return new KerasModel(model, recipe, Optional.of(compiled), notes);
    }
}
