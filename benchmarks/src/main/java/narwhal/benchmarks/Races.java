package narwhal.benchmarks;

import java.util.List;

/// All races by name.
final class Races {
    /// One race.
    ///
    /// @param name by which it is called
    /// @param work what a runner is to do, in the words of [Work]
    /// @param goal least ratio of the best peer's time (or memory) to ours
    record Entry(String name, String work, double goal) {
        /// Whether memory is compared, not time.
        boolean ofMemory() {
            return name.equals("memory");
        }

        /// Whether pictures are prepared, which needs a folder of them and other peers.
        boolean ofPictures() {
            return work.startsWith("pipeline");
        }
    }

    static final List<Entry> ALL = List.of(
            new Entry("seed-128", "train 32 128 128", 4),
            new Entry("seed-200x300", "train 32 200 300", 4),
            new Entry("conv-7x7", "convolution forward 32 128 128 32 32 7 1", 4.5),
            new Entry("conv-7x7-gradients", "convolution gradients 32 128 128 32 32 7 1", 4),
            new Entry("conv-5x5", "convolution forward 32 56 56 64 64 5 1", 2),
            new Entry("conv-5x5-gradients", "convolution gradients 32 56 56 64 64 5 1", 2),
            new Entry("conv-9x9", "convolution forward 32 56 56 64 64 9 1", 5),
            new Entry("conv-9x9-gradients", "convolution gradients 32 56 56 64 64 9 1", 5),
            new Entry("conv-3x3", "convolution forward 32 56 56 64 64 3 1", 1),
            new Entry("conv-3x3-gradients", "convolution gradients 32 56 56 64 64 3 1", 1),
            new Entry("conv-1x1", "convolution forward 32 56 56 256 64 1 1", 1),
            new Entry("conv-1x1-gradients", "convolution gradients 32 56 56 256 64 1 1", 1),
            new Entry("conv-stride2", "convolution forward 32 56 56 64 64 3 2", 0.7),
            new Entry("conv-stride2-gradients", "convolution gradients 32 56 56 64 64 3 2", 0.7),
            new Entry("depthwise-3x3", "depthwise forward 32 56 56 64 3", 0.7),
            new Entry("sgemm-2048", "product 2048 2048 2048", 0.5),
            new Entry("dense-512", "dense 32 512 512", 0.7),
            new Entry("predict-32", "predict 32 128 128", 4),
            new Entry("predict-1", "predict 1 128 128", 2),
            new Entry("pictures-from-files", "pipeline files 32 200 300", 10),
            new Entry("pictures-from-cache", "pipeline cache 32 200 300", 3),
            new Entry("memory", "train 32 128 128", 1));

    private Races() {
    }
}
