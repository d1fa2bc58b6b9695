package narwhal.engine.cpu;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Threads that live as long as the team, the caller being one of them.
public final class TestTeam implements Team, AutoCloseable {
    private final int threads;
    private final Phaser gate;
    private final AtomicInteger next = new AtomicInteger();
    private volatile int pieces;
    private volatile IntConsumer piece = i -> {
    };
    private volatile @org.jspecify.annotations.Nullable Throwable failure;
    private volatile boolean closed;

    public TestTeam(int threads) {
        this.threads = threads;
        gate = new Phaser(threads);
        for (int i = 1; i < threads; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    gate.arriveAndAwaitAdvance();
                    if (closed) return;
                    work();
                    gate.arriveAndAwaitAdvance();
                }
            });
        }
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void run(int pieces, IntConsumer piece) {
        this.pieces = pieces;
        this.piece = piece;
        failure = null;
        next.set(0);
        gate.arriveAndAwaitAdvance();
        work();
        gate.arriveAndAwaitAdvance();
        if (failure != null) throw new IllegalStateException(failure);
    }

    private void work() {
        try {
            for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) piece.accept(i);
        } catch (Throwable t) {
            failure = t;
        }
    }

    @Override
    public void close() {
        closed = true;
        gate.arriveAndAwaitAdvance();
    }
}
