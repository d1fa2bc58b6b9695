package narwhal.cli;

import narwhal.errors.Problem;
import narwhal.training.MemoryEstimate;

/// Whether a training fits into the heap of this process, and what it leaves for pictures.
final class Memory {
    /// Of the memory that the network leaves, what may keep pictures.
    private static final double FOR_PICTURES = 0.6;

    private Memory() {
    }

    /// Refuses a training that cannot fit.
    ///
    /// @return bytes that may keep decoded pictures
    /// @throws narwhal.errors.NarwhalException `MEM_ESTIMATE`
    static long check(MemoryEstimate estimate, int batchSize) {
        long have = Runtime.getRuntime().maxMemory();
        long needed = estimate.bytes(batchSize);
        if (batchSize <= estimate.largestBatch(have)) return (long) (FOR_PICTURES * (have - needed));
        long fits = estimate.largestBatch(have);
        throw Problem.MEM_ESTIMATE.because("--batch-size " + batchSize + " needs about " + Bytes.of(needed) + ", have "
                + Bytes.of(have) + (fits > 0 ? ", batch size " + fits + " would fit" : ", not even 1 picture fits"),
                fits > 0
                        ? "take --batch-size " + fits + ", smaller pictures, or NARWHAL_JVM=-Xmx…"
                        : "take smaller pictures or a smaller network, or NARWHAL_JVM=-Xmx…");
    }
}
