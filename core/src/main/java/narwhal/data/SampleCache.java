package narwhal.data;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Resized 8-bit samples of pictures, kept once made so that later epochs decode nothing. It holds the first pictures of a
/// set, as many as fit, so every pass saves the same work. Several threads may use it at once; what it holds changes no
/// number.
final class SampleCache {
    private final AtomicReferenceArray<byte @Nullable []> kept;

    /// @param pictures it may hold, at least 0
    SampleCache(int pictures) {
        kept = new AtomicReferenceArray<>(pictures);
    }

    /// How many of so many pictures the budget of a preparation holds.
    static int fitting(int pictures, Preparation preparation) {
        return (int) Math.min(pictures, preparation.cacheBytes() / preparation.size());
    }

    /// The samples of a picture; null if they are not here.
    byte @Nullable [] get(int index) {
        return index < kept.length() ? kept.get(index) : null;
    }

    /// Keeps samples if there is a place for them. They must not change any more.
    void put(int index, byte[] samples) {
        if (index < kept.length()) kept.set(index, samples);
    }

    /// A cache of another size with what this one has; this one is empty afterwards.
    SampleCache moved(int pictures) {
        var other = new SampleCache(pictures);
        for (int i = 0; i < kept.length(); i++) {
            byte[] samples = kept.getAndSet(i, null);
            if (samples != null) other.put(i, samples);
        }
        return other;
    }
}
