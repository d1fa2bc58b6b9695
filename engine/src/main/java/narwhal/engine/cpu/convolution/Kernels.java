package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import narwhal.engine.cpu.Team;

/// Recognises the kernels of the last time, so that prediction prepares them once.
final class Kernels {
    /// Floats that one thread compares; 64 KiB.
    private static final int PIECE = 16 << 10;

    private Kernels() {
    }

    /// Whether the first numbers of `kernel`, bit by bit, are those of `kept`. In the deeper layers this is a megabyte for
    /// each of few pictures, hence the threads.
    static boolean equal(Team team, float[] kept, float[] kernel) {
        // What training has changed differs at once.
        if (kept[0] != kernel[0]) return false;
        var equal = new AtomicBoolean(true);
        team.run(Math.ceilDiv(kept.length, PIECE), piece -> {
            int from = piece * PIECE;
            int to = Math.min(from + PIECE, kept.length);
            if (!Arrays.equals(kept, from, to, kernel, from, to)) equal.set(false);
        });
        return equal.get();
    }
}
