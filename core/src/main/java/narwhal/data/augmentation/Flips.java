package narwhal.data.augmentation;

/// Mirror images, in place.
final class Flips {
    private Flips() {
    }

    static void horizontal(float[] pixels, int from, int height, int width, int channels) {
        for (int y = 0; y < height; y++) {
            int left = from + y * width * channels;
            int right = left + (width - 1) * channels;
            for (; left < right; left += channels, right -= channels) {
                for (int c = 0; c < channels; c++) {
                    float kept = pixels[left + c];
                    pixels[left + c] = pixels[right + c];
                    pixels[right + c] = kept;
                }
            }
        }
    }

    static void vertical(float[] pixels, int from, int height, int row) {
        for (int top = 0, bottom = height - 1; top < bottom; top++, bottom--) {
            int a = from + top * row;
            int b = from + bottom * row;
            for (int x = 0; x < row; x++) {
                float kept = pixels[a + x];
                pixels[a + x] = pixels[b + x];
                pixels[b + x] = kept;
            }
        }
    }
}
