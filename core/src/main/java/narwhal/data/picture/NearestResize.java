package narwhal.data.picture;

/// Nearest-neighbour resizing with Pillow's rule (`libImaging/Geometry.c`, `ImagingScaleAffine`).
final class NearestResize {
    private NearestResize() {
    }

    /// The source index of every target index along one axis. The source coordinate is accumulated by repeated addition:
    /// the closed form picks other pixels for many pairs of sizes.
    ///
    /// @param from extent of the source, at least 1
    /// @param to extent of the target, at least 1
    static int[] sources(int from, int to) {
        var sources = new int[to];
        double step = (double) from / to;
        double coordinate = step * 0.5;
        for (int i = 0; i < to; i++) {
            sources[i] = Math.min((int) coordinate, from - 1);
            coordinate += step;
        }
        return sources;
    }

    static byte[] resize(byte[] samples, int height, int width, int channels, int toHeight, int toWidth) {
        int[] rows = sources(height, toHeight);
        int[] columns = sources(width, toWidth);
        for (int x = 0; x < toWidth; x++) columns[x] *= channels;
        var resized = new byte[toHeight * toWidth * channels];
        for (int y = 0, o = 0; y < toHeight; y++) {
            int row = rows[y] * width * channels;
            if (y > 0 && rows[y] == rows[y - 1]) {
                System.arraycopy(resized, o - toWidth * channels, resized, o, toWidth * channels);
                o += toWidth * channels;
            } else if (channels == 3) {
                for (int x = 0; x < toWidth; x++, o += 3) {
                    int i = row + columns[x];
                    resized[o] = samples[i];
                    resized[o + 1] = samples[i + 1];
                    resized[o + 2] = samples[i + 2];
                }
            } else {
                for (int x = 0; x < toWidth; x++) resized[o++] = samples[row + columns[x]];
            }
        }
        return resized;
    }
}
