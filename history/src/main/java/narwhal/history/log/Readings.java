package narwhal.history.log;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The readings of an epoch by metric, in printed order. A map like any other, but several times smaller than a hash map: a long log
/// holds hundreds of thousands of them, each with a few entries.
public final class Readings extends AbstractMap<Metric, Reading> implements SequencedMap<Metric, Reading> {
    private Metric[] metrics = new Metric[4];
    private Reading[] readings = new Reading[4];
    private int size;

    /// An empty map.
    public Readings() {
    }

    /// A copy of a map.
    public Readings(Map<Metric, Reading> entries) {
        metrics = new Metric[entries.size()];
        readings = new Reading[entries.size()];
        for (var entry : entries.entrySet()) put(entry.getKey(), entry.getValue());
    }

    private int indexOf(@Nullable Object metric) {
        for (int i = 0; i < size; i++) {
            if (metrics[i].equals(metric)) return i;
        }
        return -1;
    }

    @Override
    public @Nullable Reading get(@Nullable Object metric) {
        int i = indexOf(metric);
        return i < 0 ? null : readings[i];
    }

    @Override
    public boolean containsKey(@Nullable Object metric) {
        return indexOf(metric) >= 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Reading put(Metric metric, Reading reading) {
        int i = indexOf(metric);
        if (i >= 0) {
            var before = readings[i];
            readings[i] = reading;
            return before;
        }
        if (size == metrics.length) {
            metrics = Arrays.copyOf(metrics, size + Math.max(2, size / 2));
            readings = Arrays.copyOf(readings, metrics.length);
        }
        metrics[size] = metric;
        readings[size++] = reading;
        return null;
    }

    @Override
    public @Nullable Reading remove(@Nullable Object metric) {
        int i = indexOf(metric);
        if (i < 0) return null;
        var before = readings[i];
        removeAt(i);
        return before;
    }

    private void removeAt(int i) {
        System.arraycopy(metrics, i + 1, metrics, i, size - i - 1);
        System.arraycopy(readings, i + 1, readings, i, size - i - 1);
        size--;
    }

    @Override
    public void clear() {
        size = 0;
    }

    @Override
    public SequencedMap<Metric, Reading> reversed() {
        var reversed = new LinkedHashMap<Metric, Reading>();
        for (int i = size - 1; i >= 0; i--) reversed.put(metrics[i], readings[i]);
        return reversed;
    }

    @Override
    public Set<Entry<Metric, Reading>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<Metric, Reading>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<Metric, Reading>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Entry<Metric, Reading> next() {
            if (next >= size) throw new NoSuchElementException();
            int i = next++;
            return new SimpleEntry<>(metrics[i], readings[i]) {
                private static final long serialVersionUID = 1;

                @Override
                public Reading setValue(Reading reading) {
                    readings[i] = reading;
                    return super.setValue(reading);
                }
            };
        }

        @Override
        public void remove() {
            removeAt(--next);
        }
    }
}
