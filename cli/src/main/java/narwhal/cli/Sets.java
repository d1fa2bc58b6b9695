package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import narwhal.data.Batches;
import narwhal.data.Preparation;
import narwhal.errors.Problem;

/// The sets of a training, found and looked at.
///
/// @param train the pictures to learn from
/// @param validation the pictures to validate with
/// @param test the pictures for the end
record Sets(PictureSet train, PictureSet validation, Optional<PictureSet> test) {
    /// Reads every picture of every set once, and says what was found.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_…`
    static Sets look(DataSource source, SaidLines lines) {
        var sets = new Sets(source.train().get(), source.validation().get(), source.test().map(test -> test.get()));
        say(lines, "train", sets.train);
        say(lines, "validation", sets.validation);
        sets.test.ifPresent(test -> say(lines, "test", test));
        return sets;
    }

    private static void say(SaidLines lines, String name, PictureSet set) {
        set.lines().forEach(line -> lines.say(name + ": " + line));
    }

    List<PictureSet> all() {
        var all = new ArrayList<>(List.of(train, validation));
        test.ifPresent(all::add);
        return all;
    }

    int classes() {
        return train.classNames().size();
    }

    /// Bad pictures of all sets.
    List<String> bad() {
        return all().stream().flatMap(set -> set.bad().stream()).toList();
    }

    /// What can be wrong with sets that are each all right.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_CLASS_MISMATCH`, `DATA_EMPTY_CLASS`, `BATCH_SIZE`
    void check(int batchSize) {
        for (var set : all()) {
            if (!set.classNames().equals(train.classNames())) {
                throw Problem.DATA_CLASS_MISMATCH.because("training has " + train.classNames() + ", "
                        + (set == validation ? "validation" : "test") + " has " + set.classNames());
            }
        }
        if (train.size() == 0) {
            throw Problem.DATA_EMPTY_CLASS.because("training: none of " + train.classNames()
                    + " has a picture that can be used");
        }
        if (batchSize > train.size()) {
            throw Problem.BATCH_SIZE.because("--batch-size " + batchSize + ": there are " + train.size()
                    + " pictures for training", "choose 1 to " + train.size());
        }
    }

    /// The training pictures in a new order every epoch.
    ///
    /// @param cacheBytes for all sets together
    Batches training(Preparation preparation, long cacheBytes, TrainingOptions training) {
        return Batches.of(train.dataset(preparation.cacheBytes(share(train, cacheBytes))), training.batchSize())
                .shuffle(training.seed());
    }

    /// The validation pictures in order; the last batch, or the only one, may be smaller.
    Batches validation(Preparation preparation, long cacheBytes, TrainingOptions training) {
        return Batches.of(validation.dataset(preparation.cacheBytes(share(validation, cacheBytes))),
                Math.min(training.batchSize(), Math.max(1, validation.size())));
    }

    private long share(PictureSet set, long cacheBytes) {
        return (long) ((double) cacheBytes * set.size() / Math.max(1, train.size() + validation.size()));
    }
}
