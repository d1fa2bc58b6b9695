package narwhal.engine.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The engine's threads. Work comes as numbered pieces cut by the shape of the problem; which thread runs a piece is left
/// to chance, so a piece writes only to places of its own.
final class Workers implements Team, AutoCloseable {
    /// Between two operations of a step lie microseconds: spinning that long is cheaper than going to sleep.
    private static final int SPINS = 2_000;

    private final Thread[] helpers;
    private volatile @Nullable Job job;
    private volatile boolean closed;

    /// @param threads at least 1, the calling thread included
    Workers(int threads) {
        if (threads < 1) throw new IllegalArgumentException("an engine needs at least 1 thread, got " + threads);
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = Thread.ofPlatform().daemon().name("narwhal-engine-" + (i + 1)).start(this::help);
        }
    }

    @Override
    public int threads() {
        return helpers.length + 1;
    }

    /// Runs `piece` for 0 … pieces − 1 and returns when all are done. An exception of a piece is thrown here.
    @Override
    public void run(int pieces, IntConsumer piece) {
        if (pieces <= 1 || helpers.length == 0) {
            for (int i = 0; i < pieces; i++) piece.accept(i);
            return;
        }
        var current = new Job(pieces, piece);
        job = current;
        for (var helper : helpers) LockSupport.unpark(helper);
        current.work();
        while (current.unfinished.get() > 0) Thread.onSpinWait();
        job = null;
        current.rethrow();
    }

    private void help() {
        @Nullable
        Job last = null;
        int idle = 0;
        while (!closed) {
            var current = job;
            if (current != null && current != last) {
                current.work();
                last = current;
                idle = 0;
            } else if (++idle < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var helper : helpers) LockSupport.unpark(helper);
    }

    private static final class Job {
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger unfinished;
        final int pieces;
        final IntConsumer piece;
        volatile @Nullable Throwable failure;

        Job(int pieces, IntConsumer piece) {
            this.pieces = pieces;
            this.piece = piece;
            this.unfinished = new AtomicInteger(pieces);
        }

        void work() {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                try {
                    if (failure == null) piece.accept(i);
                } catch (Throwable t) {
                    failure = t;
                } finally {
                    unfinished.decrementAndGet();
                }
            }
        }

        void rethrow() {
            switch (failure) {
                case null -> {
                }
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable t -> throw new IllegalStateException(t);
            }
        }
    }
}
