package narwhal.engine.cpu;

import java.util.function.IntConsumer;

/// The threads that share one piece of work.
///
/// Work is cut into pieces by its shape, never by the number of threads; a piece writes only to places of its own. So a
/// result has the same bits for any number of threads.
public interface Team {
    /// Number of threads at work, at least 1. For sizing scratch memory only: no result may depend on it.
    int threads();

    /// Runs `piece` for 0 … pieces − 1, in any order and on any thread, and returns when all are done; what they wrote is
    /// then visible to the caller. A failure of a piece is thrown again here.
    void run(int pieces, IntConsumer piece);
}
