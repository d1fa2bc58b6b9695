package narwhal.history.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a log prints about data and model. All counts are printed numbers, none is inferred; which set a line
/// `Found 10401 images belonging to 2 classes.` speaks of follows from its place: the first is training, the second validation,
/// the third test, and a single one is left open.
///
/// @param found the counts of all `Found …` lines in order
/// @param trainingImages
/// @param validationImages
/// @param testImages
/// @param classes
/// @param trainingBatches steps of one training epoch (`Train for S steps, validate for T steps`); the bar's own target is
///        in [Progress]
/// @param validationBatches steps of one validation
/// @param model the summary table of the network
public record DataFacts(List<Found> found, OptionalLong trainingImages, OptionalLong validationImages,
        OptionalLong testImages, OptionalInt classes, OptionalLong trainingBatches, OptionalLong validationBatches,
        Optional<ModelSummary> model) {
    /// Nothing is printed.
    public static final DataFacts NONE = new DataFacts(List.of(), OptionalLong.empty(), OptionalLong.empty(),
            OptionalLong.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

    public DataFacts {
        found = List.copyOf(found);
    }

    /// A line `Found N images belonging to C classes.`
    ///
    /// @param images how many
    /// @param classes of how many classes
    public record Found(long images, OptionalInt classes) {}
}
