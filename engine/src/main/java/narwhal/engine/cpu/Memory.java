package narwhal.engine.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import narwhal.engine.Scope;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// Hands out arrays and takes them back, so that a training step after the first allocates next to nothing.
///
/// Arrays come in a few sizes per power of two; one that is given back waits for the next request of its size.
final class Memory {
    private final TreeMap<Integer, ArrayDeque<float[]>> idle = new TreeMap<>();
    private final ArrayDeque<OpenScope> scopes = new ArrayDeque<>();
    private final ArrayDeque<OpenScope> closed = new ArrayDeque<>();
    private long bytes;
    private long peakBytes;

    /// A tensor whose values are not yet set, in the innermost scope.
    CpuTensor result(Shape shape) {
        var scope = scopes.peek();
        if (scope == null) throw new IllegalStateException("an operation of the engine needs an open scope");
        return scope.add(new CpuTensor(shape, new Storage(take(shape.size()))));
    }

    /// A tensor outside any scope, of zeros.
    CpuTensor persistent(Shape shape) {
        account(4L * shape.size());
        return new CpuTensor(shape, new Storage(new float[shape.size()]));
    }

    /// Another view of a tensor's storage, in the innermost scope.
    CpuTensor view(CpuTensor tensor, Shape shape) {
        var scope = scopes.peek();
        if (scope == null) throw new IllegalStateException("an operation of the engine needs an open scope");
        var storage = tensor.storage();
        storage.users++;
        return scope.add(new CpuTensor(shape, storage));
    }

    Scope open() {
        var scope = closed.isEmpty() ? new OpenScope() : closed.pop();
        scopes.push(scope);
        return scope;
    }

    void release(CpuTensor tensor) {
        var storage = tensor.drop();
        if (storage != null && --storage.users == 0) give(storage.data);
    }

    /// An array of at least `size` elements with any content, to be given back by [#give].
    float[] take(int size) {
        int rounded = sizeClass(size);
        account(4L * rounded);
        var waiting = idle.get(rounded);
        return waiting == null || waiting.isEmpty() ? new float[rounded] : waiting.pop();
    }

    void give(float[] data) {
        bytes -= 4L * data.length;
        idle.computeIfAbsent(data.length, length -> new ArrayDeque<>()).push(data);
    }

    long peakBytes() {
        return peakBytes;
    }

    private void account(long more) {
        bytes += more;
        peakBytes = Math.max(peakBytes, bytes);
    }

    /// The next of eight sizes per power of two: at most an eighth is wasted.
    private static int sizeClass(int size) {
        if (size <= 64) return 64;
        int step = Integer.highestOneBit(size - 1) >>> 3;
        return Math.toIntExact(Math.ceilDiv((long) size, step) * step);
    }

    /// Storage shared by the views of one array. An array that was not taken from the pool is longer lived than any scope.
    static final class Storage {
        final float[] data;
        int users = 1;

        Storage(float[] data) {
            this.data = data;
        }
    }

    static final class CpuTensor implements Tensor {
        private final Shape shape;
        private @Nullable Storage storage;

        CpuTensor(Shape shape, Storage storage) {
            this.shape = shape;
            this.storage = storage;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        Storage storage() {
            if (storage == null)
                throw new IllegalStateException("a tensor of shape " + shape + " was used after its scope");
            return storage;
        }

        @Nullable
        Storage drop() {
            var dropped = storage;
            storage = null;
            return dropped;
        }

        @Override
        public String toString() {
            return "tensor " + shape;
        }
    }

    private final class OpenScope implements Scope {
        private final List<CpuTensor> tensors = new ArrayList<>();

        CpuTensor add(CpuTensor tensor) {
            tensors.add(tensor);
            return tensor;
        }

        @Override
        public void close() {
            if (scopes.peek() != this)
                throw new IllegalStateException("scopes close in the reverse order of their opening");
            scopes.pop();
            for (var tensor : tensors) release(tensor);
            tensors.clear();
            closed.push(this);
        }
    }
}
