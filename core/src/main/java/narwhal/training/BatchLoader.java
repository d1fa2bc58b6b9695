package narwhal.training;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import narwhal.data.Batches;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.jspecify.annotations.Nullable;

/// Prepares batches ahead of the training, on threads of its own. Batches arrive in the order of the plan whatever thread
/// made them, and what is in them depends on the plan alone.
final class BatchLoader implements AutoCloseable {
    /// The batches to prepare, in order.
    interface Plan {
        /// Number of batches.
        int length();

        /// The pictures of a batch, in an array of its own.
        int[] indices(int position);

        /// The epoch, from 0, that decides their augmentation.
        int epoch(int position);
    }

    /// One batch. The tensor is overwritten by the next one.
    @SuppressWarnings("ArrayRecordComponent")
    record Batch(Tensor images, int[] indices) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Prepared(float[] pixels, int[] indices) {}

    private final Engine engine;
    private final Batches batches;
    private final Plan plan;
    private final LostPictures lost;
    private final int ahead;
    private final @Nullable ExecutorService threads;
    private final ArrayDeque<Future<Prepared>> coming = new ArrayDeque<>();
    private final ArrayDeque<float[]> buffers = new ArrayDeque<>();
    private final Map<Integer, Tensor> tensors;
    private int submitted;
    private int taken;

    /// @param tensors one for each size of batch, kept from loader to loader
    /// @param lost pictures to leave out; grows
    BatchLoader(Engine engine, Batches batches, Plan plan, int loaders, Map<Integer, Tensor> tensors,
            LostPictures lost) {
        this.lost = lost;
        this.engine = engine;
        this.batches = batches;
        this.plan = plan;
        this.tensors = tensors;
        this.ahead = 2 * loaders;
        this.threads = loaders == 0
                ? null
                : Executors.newFixedThreadPool(loaders,
                        Thread.ofPlatform().daemon().name("narwhal-loader-", 1).factory());
        submit();
    }

    /// The next batch of the plan.
    Batch next() {
        var prepared = threads == null ? prepare(taken, buffer()) : take(coming.remove());
        taken++;
        int count = prepared.indices.length;
        var shape = batches.dataset().shape();
        var images = tensors.computeIfAbsent(count, n -> engine.zeros(shape.batch(n)));
        engine.write(images, 0, prepared.pixels, count * shape.size());
        buffers.push(prepared.pixels);
        submit();
        return new Batch(images, prepared.indices);
    }

    private void submit() {
        if (threads == null) return;
        while (submitted < plan.length() && submitted < taken + ahead) {
            int position = submitted++;
            var buffer = buffer();
            coming.add(threads.submit(() -> prepare(position, buffer)));
        }
    }

    private float[] buffer() {
        return buffers.isEmpty() ? new float[batches.batchSize() * batches.dataset().shape().size()] : buffers.pop();
    }

    private Prepared prepare(int position, float[] buffer) {
        int[] indices = plan.indices(position);
        var dataset = batches.dataset();
        int count = 0;
        for (int index : indices) {
            if (lost.contains(dataset, index)) continue;
            try {
                dataset.render(index, plan.epoch(position), buffer, count * dataset.shape().size());
                indices[count++] = index;
            } catch (NarwhalException e) {
                lost.add(dataset, index, e);
            }
        }
        if (count == 0) {
            throw Problem.IMG_UNREADABLE.because(dataset.nameOf(indices[0]) + ": no picture of its batch can be read",
                    "start again once the data rests");
        }
        return new Prepared(buffer, Arrays.copyOf(indices, count));
    }

    private static Prepared take(Future<Prepared> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        }
    }

    @Override
    public void close() {
        if (threads != null) threads.shutdownNow();
    }
}
