package narwhal.data.augmentation;

/// Changes of samples that move nothing, in place.
final class Colours {
    private Colours() {
    }

    /// Keras' `apply_channel_shift`.
    static void shift(float[] pixels, int from, int count, float intensity) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            lowest = Math.min(lowest, pixels[i]);
            highest = Math.max(highest, pixels[i]);
        }
        for (int i = from; i < from + count; i++) {
            pixels[i] = Math.max(lowest, Math.min(highest, pixels[i] + intensity));
        }
    }

    /// Keras' `apply_brightness_shift` since 2.9: cut to 8 bits, multiplied with a black picture as Pillow blends it
    /// (`libImaging/Blend.c`), and stretched before and back after where samples lie outside 0 … 255.
    static void brighten(float[] pixels, int from, int count, float factor) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            lowest = Math.min(lowest, pixels[i]);
            highest = Math.max(highest, pixels[i]);
        }
        boolean stretched = lowest < 0 || highest > 255;
        float extent = highest - lowest;
        for (int i = from; i < from + count; i++) {
            float value = pixels[i];
            if (stretched) value = extent == 0 ? 0 : (value - lowest) / extent * 255;
            int bright = (int) Math.min(255, factor * (int) value);
            pixels[i] = stretched ? bright / 255f * extent + lowest : bright;
        }
    }
}
