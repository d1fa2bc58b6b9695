package narwhal.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Runs disk work where nobody can interrupt it: `Thread.interrupt` would close a file channel in mid-write.
final class OwnThread {
    private OwnThread() {
    }

    /// Runs `work` to its end on a thread of its own, whatever happens to the calling one, and throws what it threw. An
    /// interrupt that came meanwhile is kept for the caller.
    static void run(Work work) throws IOException {
        var outcome = new Outcome();
        var thread = Thread.ofPlatform().name("narwhal-disk").start(() -> outcome.failure = failureOf(work));
        joinUninterruptibly(thread);
        switch (outcome.failure) {
            case null -> {
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(outcome.failure);
        }
    }

    private static @Nullable Throwable failureOf(Work work) {
        try {
            work.run();
            return null;
        } catch (Throwable t) { // handed to the caller, who knows what to do with it
            return t;
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    interface Work {
        void run() throws IOException;
    }

    private static final class Outcome {
        private @Nullable Throwable failure; // written before the thread ends, read after the join
    }
}
