package narwhal.data;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import narwhal.engine.Randomness;
import narwhal.errors.Problem;

/// A set cut into batches. Which pictures are in a batch is a pure function of the epoch and the batch's number: every pass
/// is fresh and whole, and nothing has to be rewound. The last batch of a pass may be smaller.
///
/// @param dataset the pictures
/// @param batchSize pictures in a batch, 1 to the size of the set
/// @param shuffleSeed a new order every epoch where present
public record Batches(Dataset dataset, int batchSize, OptionalLong shuffleSeed) {
    public Batches {
        if (batchSize < 1 || batchSize > dataset.size()) {
            throw Problem.BATCH_SIZE.because("batch size " + batchSize + " for " + dataset.size() + " pictures",
                    "choose 1 to " + dataset.size());
        }
    }

    /// Batches in the order of the set.
    public static Batches of(Dataset dataset, int batchSize) {
        return new Batches(dataset, batchSize, OptionalLong.empty());
    }

    /// A new order every epoch.
    public Batches shuffle(long seed) {
        return new Batches(dataset, batchSize, OptionalLong.of(seed));
    }

    /// Batches in one pass.
    public int count() {
        return Math.ceilDiv(dataset.size(), batchSize);
    }

    /// The numbers of all pictures in the order of one pass.
    ///
    /// @param epoch from 0
    public int[] order(int epoch) {
        if (shuffleSeed.isEmpty()) return IntStream.range(0, dataset.size()).toArray();
        return new Randomness(shuffleSeed.getAsLong()).permutation(epoch, dataset.size());
    }

    /// The part of an order that is batch number `batch`.
    ///
    /// @param order from [#order]
    /// @param batch from 0
    public int[] batch(int[] order, int batch) {
        return Arrays.copyOfRange(order, batch * batchSize, Math.min((batch + 1) * batchSize, order.length));
    }
}
