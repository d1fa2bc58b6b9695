package narwhal.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import narwhal.data.FolderListing.Candidate;

/// A part of a folder of classes: what is for training or what is for validation. It is decided by names alone.
///
/// @param fraction for validation, between 0 and 1
/// @param subset which part
/// @param rule who belongs where
public record ValidationSplit(double fraction, Subset subset, Rule rule) {
    /// Who belongs to the validation. There are two meanings of Keras' `validation_split`, and ours.
    public sealed interface Rule {
        /// Keras' `ImageDataGenerator`: of each class in sorted order the first ⌊fraction · n⌋ pictures.
        record FirstOfEachClass() implements Rule {}

        /// Keras' `image_dataset_from_directory`: of all pictures in sorted order, shuffled as NumPy's `RandomState(seed)`
        /// does, the last ⌊fraction · n⌋. The same files as Keras' for the same seed.
        ///
        /// @param seed 0 to 2³² − 1; empty for Keras' `shuffle=False`, where the validation is the end of the last class
        record LastShuffled(OptionalLong seed) implements Rule {
            public LastShuffled {
                if (seed.isPresent() && seed.getAsLong() >>> 32 != 0) {
                    throw new IllegalArgumentException("NumPy takes seeds from 0 to 2^32 - 1, got "
                            + seed.getAsLong());
                }
            }
        }

        /// As [Split] divides: each class in the same proportion, and pictures that belong together stay together.
        ///
        /// @param grouping which pictures belong together; found out from their names if empty
        /// @param seed another one, another division
        record Groups(Optional<Grouping> grouping, long seed) implements Rule {}
    }

    public ValidationSplit {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("a validation split lies between 0 and 1, got " + fraction);
        }
    }

    /// Keras' `ImageDataGenerator(validation_split=fraction)`.
    public static ValidationSplit firstOfEachClass(double fraction, Subset subset) {
        return new ValidationSplit(fraction, subset, new Rule.FirstOfEachClass());
    }

    /// Keras' `image_dataset_from_directory(validation_split=fraction, seed=seed)`.
    public static ValidationSplit lastShuffled(double fraction, Subset subset, long seed) {
        return new ValidationSplit(fraction, subset, new Rule.LastShuffled(OptionalLong.of(seed)));
    }

    /// As [Split] divides, with groups found out from the names: pieces of one recording stay together.
    public static ValidationSplit groups(double fraction, Subset subset) {
        return new ValidationSplit(fraction, subset, new Rule.Groups(Optional.empty(), 0));
    }

    /// As [Split] divides.
    public static ValidationSplit groups(double fraction, Subset subset, Grouping grouping) {
        return new ValidationSplit(fraction, subset, new Rule.Groups(Optional.of(grouping), 0));
    }

    /// The pictures of this part in sorted order.
    ///
    /// @param notes gets what a person should know
    List<Candidate> of(FolderListing listing, List<String> notes) {
        return switch (rule) {
            case Rule.FirstOfEachClass() -> firstOfEachClass(listing.classes());
            case Rule.LastShuffled(var seed) -> lastShuffled(listing.all(), seed);
            case Rule.Groups(var grouping, var seed) -> groups(listing, grouping, seed, notes);
        };
    }

    private List<Candidate> firstOfEachClass(List<List<Candidate>> classes) {
        var part = new ArrayList<Candidate>();
        for (var all : classes) {
            int first = (int) (fraction * all.size());
            part.addAll(subset == Subset.VALIDATION ? all.subList(0, first) : all.subList(first, all.size()));
        }
        return part;
    }

    private List<Candidate> lastShuffled(List<Candidate> all, OptionalLong seed) {
        int[] order = seed.isPresent()
                ? new NumpyRandom(seed.getAsLong()).permutation(all.size())
                : IntStream.range(0, all.size()).toArray();
        int last = (int) (fraction * all.size());
        return IntStream.of(order).skip(subset == Subset.VALIDATION ? all.size() - last : 0)
                .limit(subset == Subset.VALIDATION ? last : all.size() - last).sorted().mapToObj(all::get).toList();
    }

    private List<Candidate> groups(FolderListing listing, Optional<Grouping> grouping, long seed, List<String> notes) {
        var parts = List.of(new Split.Part("training", 1 - fraction), new Split.Part("validation", fraction));
        int[] partOf = Division.of(listing, parts, grouping, seed, notes).partOf();
        int wanted = subset == Subset.VALIDATION ? 1 : 0;
        return IntStream.range(0, partOf.length).filter(i -> partOf[i] == wanted).mapToObj(listing.all()::get).toList();
    }
}
