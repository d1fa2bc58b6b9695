package narwhal.doctor.forensics;

/// How an evaluation walks through the validation set, epoch after epoch.
public sealed interface ScoringLoop {
    /// The set it walks through.
    ValidationSet set();

    /// The batches scored in an epoch.
    ///
    /// @param epoch counted from 0
    Window window(int epoch);

    /// Images scored in an epoch, each as often as it was.
    ///
    /// @param epoch counted from 0
    default long images(int epoch) {
        return window(epoch).images(set());
    }

    /// Batches asked for in each evaluation.
    int steps();

    /// No evaluation scores fewer images than this.
    default long fewest() {
        return Math.max(1,
                (long) steps() * set().batch() - (long) (set().batch() - set().lastBatch()) * (1 + coverageSteps()));
    }

    /// How often an evaluation goes through the whole set, rounded down.
    default int coverageSteps() {
        return steps() / set().batches();
    }

    /// Images scored in given epochs, counted from 0.
    default long[] images(int[] epochs) {
        var images = new long[epochs.length];
        for (int e = 0; e < epochs.length; e++) images[e] = images(epochs[e]);
        return images;
    }

    /// Whether epochs `period` apart see nearly the same images, and epochs in between do not: a loop that cannot do this
    /// cannot explain a rhythm of that length.
    default boolean repeatsAfter(int period) {
        return overlap(window(1), window(1 + period)) >= 0.85 && overlap(window(1), window(2)) < 0.999;
    }

    /// Images in `steps` batches from batch `first` on, going on with batch 0 after the last.
    static long images(ValidationSet set, int steps, int first) {
        int n = set.batches();
        int rest = steps % n;
        long images = set.images() * (steps / n) + (long) rest * set.batch();
        return rest > 0 && first + rest >= n ? images - (set.batch() - set.lastBatch()) : images;
    }

    private double overlap(Window a, Window b) {
        int n = set().batches();
        int length = Math.min(n, a.batches());
        if (length == n) return 1;
        int shift = Math.floorMod(b.first() - a.first(), n);
        int shared = Math.max(0, length - shift) + Math.max(0, length - (n - shift));
        return Math.min(1, (double) shared / length);
    }

    /// A run of batches.
    ///
    /// @param first batch, from 0
    /// @param batches how many, going on with batch 0 after the last
    record Window(int first, int batches) {
        /// Images in it, each as often as it is met.
        public long images(ValidationSet set) {
            return ScoringLoop.images(set, batches, first);
        }

        /// How often batch `index` is scored.
        public int times(int index, ValidationSet set) {
            int n = set.batches();
            int offset = Math.floorMod(index - first, n);
            return batches / n + (offset < batches % n ? 1 : 0);
        }
    }

    /// Every image once.
    record FullPass(ValidationSet set) implements ScoringLoop {
        @Override
        public long images(int epoch) {
            return set.images();
        }

        @Override
        public int steps() {
            return set.batches();
        }

        @Override
        public Window window(int epoch) {
            return new Window(0, set.batches());
        }
    }

    /// The first `steps` batches, in every epoch the same: the iterator starts afresh.
    record Restarting(ValidationSet set, int steps) implements ScoringLoop {
        @Override
        public Window window(int epoch) {
            return new Window(0, steps);
        }

        @Override
        public long images(int epoch) {
            return ScoringLoop.images(set, steps, 0);
        }
    }

    /// `steps` batches further in every epoch: the iterator lives on (Keras 2.1.3, 2.1.4 and 2.2.1 to 2.3.1).
    ///
    /// @param lost batches fetched ahead and thrown away after each evaluation (Keras up to 2.0.8, generators of tf.keras)
    record Rotating(ValidationSet set, int steps, int lost) implements ScoringLoop {
        /// A loop that loses nothing.
        public Rotating(ValidationSet set, int steps) {
            this(set, steps, 0);
        }

        @Override
        public Window window(int epoch) {
            return new Window(first(epoch), steps);
        }

        private int first(int epoch) {
            return (int) ((long) epoch * (steps + lost) % set.batches());
        }

        @Override
        public long images(int epoch) {
            return ScoringLoop.images(set, steps, first(epoch));
        }
    }

    /// `steps` batches further in every epoch, but an evaluation never goes beyond the end of the pass: the rest is scored
    /// alone, then it starts over (Keras 3.0 to 3.6).
    record CutAtEnd(ValidationSet set, int steps) implements ScoringLoop {
        @Override
        public long fewest() {
            return 1;
        }

        @Override
        public Window window(int epoch) {
            int n = set.batches();
            int windows = (n + steps - 1) / steps;
            int first = epoch % windows * steps;
            return new Window(first, Math.min(steps, n - first));
        }
    }
}
