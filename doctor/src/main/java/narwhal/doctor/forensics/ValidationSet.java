package narwhal.doctor.forensics;

import java.util.Arrays;

/// A validation set cut into batches.
///
/// @param images in the set, at least 1
/// @param batch images in each batch but the last, at least 1
public record ValidationSet(long images, int batch) {
    private static final int[] USUAL = {1, 2, 4, 8, 10, 16, 20, 25, 30, 32, 40, 48, 50, 64, 96, 100, 128, 192, 200, 256,
        512};

    public ValidationSet {
        if (images < 1 || batch < 1) throw new IllegalArgumentException("a set needs images and batches of images");
    }

    /// Whether the batch size is one that people choose.
    public boolean usual() {
        return Arrays.binarySearch(USUAL, batch) >= 0;
    }

    /// Batches of one pass, the incomplete last one included.
    public int batches() {
        return (int) ((images + batch - 1) / batch);
    }

    /// Images in the last batch.
    public int lastBatch() {
        return (int) (images - (long) (batches() - 1) * batch);
    }

    /// Images in batch `index`, from 0.
    public int imagesIn(int index) {
        return index == batches() - 1 ? lastBatch() : batch;
    }
}
