package narwhal.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import narwhal.callbacks.Callback;
import narwhal.data.Batches;
import narwhal.errors.NarwhalException;
import narwhal.optimizers.OptimizerState;

/// How long and with what company to train. Made by [#epochs]; everything else has a default.
///
/// @param epochs number of the last epoch, at least 1
/// @param validation the set that is scored after each epoch; none unless said
/// @param callbacks told in this order; none unless said
/// @param stepsPerEpoch batches between two validations; one whole pass unless said
/// @param validationSteps batches scored in each validation; the whole set unless said
/// @param validationIterator where each validation starts; at the first picture unless said
/// @param loaders threads that prepare batches, 0 for none; 1 unless said
/// @param interrupted asked after each step whether to stop there; never unless said
/// @param runFolder where epochs and checkpoints are kept; nowhere unless said
/// @param checkpointEvery steps between checkpoints within an epoch; none unless said
/// @param classWeight how much the loss of a class's pictures counts in training, by the class's number; 1 unless said
/// @param optimizerState where the optimizer starts; fresh unless said
/// @param goingOnWithout told of each picture that can no longer be read, to train without it; the first one ends the training
///     unless said
public record Fit(int epochs, Optional<Batches> validation, List<Callback> callbacks, OptionalInt stepsPerEpoch,
        OptionalInt validationSteps, ValidationIterator validationIterator, int loaders, BooleanSupplier interrupted,
        Optional<RunFolder> runFolder, OptionalInt checkpointEvery, Map<Integer, Double> classWeight,
        Optional<OptimizerState> optimizerState, Optional<Consumer<NarwhalException>> goingOnWithout) {
    public Fit {
        if (epochs < 1) throw new IllegalArgumentException("a training has at least 1 epoch, got " + epochs);
        if (loaders < 0) throw new IllegalArgumentException("there are 0 or more loaders, got " + loaders);
        if (stepsPerEpoch.orElse(1) < 1 || validationSteps.orElse(1) < 1 || checkpointEvery.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "an epoch, a validation and the time between two checkpoints have at least 1 step");
        }
        classWeight.forEach((number, weight) -> {
            if (!(weight >= 0)) throw new IllegalArgumentException("class " + number + " has the weight " + weight);
        });
        callbacks = List.copyOf(callbacks);
        classWeight = Map.copyOf(classWeight);
    }

    private Fit with(Optional<Batches> validation, List<Callback> callbacks, OptionalInt stepsPerEpoch,
            OptionalInt validationSteps) {
        return new Fit(epochs, validation, callbacks, stepsPerEpoch, validationSteps, validationIterator, loaders,
                interrupted, runFolder, checkpointEvery, classWeight, optimizerState, goingOnWithout);
    }

    private Fit with(ValidationIterator iterator, int loaders, BooleanSupplier interrupted,
            Optional<RunFolder> runFolder,
            OptionalInt checkpointEvery) {
        return new Fit(epochs, validation, callbacks, stepsPerEpoch, validationSteps, iterator, loaders, interrupted,
                runFolder, checkpointEvery, classWeight, optimizerState, goingOnWithout);
    }

    /// Trains up to and including this epoch.
    public static Fit epochs(int epochs) {
        return new Fit(epochs, Optional.empty(), List.of(), OptionalInt.empty(), OptionalInt.empty(),
                ValidationIterator.FRESH, 1,
                () -> false, Optional.empty(), OptionalInt.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    /// Scores this set after each epoch.
    public Fit validation(Batches validation) {
        return with(Optional.of(validation), callbacks, stepsPerEpoch, validationSteps);
    }

    /// Who is told what happens, in this order.
    public Fit callbacks(Callback... callbacks) {
        return callbacks(List.of(callbacks));
    }

    /// Who is told what happens, in this order.
    public Fit callbacks(List<Callback> callbacks) {
        return with(validation, callbacks, stepsPerEpoch, validationSteps);
    }

    /// Batches between two validations. Training goes on in the stream of passes where the last epoch stopped, so no picture
    /// is left out.
    public Fit stepsPerEpoch(int steps) {
        return with(validation, callbacks, OptionalInt.of(steps), validationSteps);
    }

    /// Batches scored in each validation, always from the first picture. What that leaves out is said before the first epoch.
    public Fit validationSteps(int steps) {
        return with(validation, callbacks, stepsPerEpoch, OptionalInt.of(steps));
    }

    /// Emulates the validation of another program, faults included.
    public Fit validationIterator(ValidationIterator iterator) {
        return with(iterator, loaders, interrupted, runFolder, checkpointEvery);
    }

    /// Threads that prepare batches; changes no bit of the result.
    public Fit loaders(int loaders) {
        return with(validationIterator, loaders, interrupted, runFolder, checkpointEvery);
    }

    /// Asked after each step whether to stop there.
    public Fit interrupted(BooleanSupplier interrupted) {
        return with(validationIterator, loaders, interrupted, runFolder, checkpointEvery);
    }

    /// Where epochs and checkpoints are kept. A folder opened to resume decides where training starts.
    public Fit runFolder(RunFolder folder) {
        return with(validationIterator, loaders, interrupted, Optional.of(folder), checkpointEvery);
    }

    /// Saves a checkpoint also within an epoch, each time this many steps are done.
    public Fit checkpointEvery(int steps) {
        return with(validationIterator, loaders, interrupted, runFolder, OptionalInt.of(steps));
    }

    /// How much the loss of a class's pictures counts in training, by the class's number; 1 for classes not named, as in
    /// Keras. A picture's own weight ([narwhal.data.Dataset#weightOf]) is multiplied with it, where Keras allows only one of
    /// the two. Evaluation does not see it.
    public Fit classWeight(Map<Integer, Double> classWeight) {
        return new Fit(epochs, validation, callbacks, stepsPerEpoch, validationSteps, validationIterator, loaders,
                interrupted, runFolder, checkpointEvery, classWeight, optimizerState, goingOnWithout);
    }

    /// Where the optimizer starts: its count of steps, learning rate and memory, from a training that went before. A run folder
    /// that is resumed knows better.
    public Fit optimizerState(OptimizerState state) {
        return new Fit(epochs, validation, callbacks, stepsPerEpoch, validationSteps, validationIterator, loaders,
                interrupted, runFolder, checkpointEvery, classWeight, Optional.of(state), goingOnWithout);
    }

    /// Goes on without pictures that changed, vanished or broke since they were looked at; the result can then not be
    /// repeated.
    ///
    /// @param told of each of them once, by the thread that met it
    public Fit goingOnWithout(Consumer<NarwhalException> told) {
        return new Fit(epochs, validation, callbacks, stepsPerEpoch, validationSteps, validationIterator, loaders,
                interrupted, runFolder, checkpointEvery, classWeight, optimizerState, Optional.of(told));
    }
}
