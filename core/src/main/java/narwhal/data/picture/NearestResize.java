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
        var resized = new byte[toHeight * toWidth * channels];
        for (int y = 0, o = 0; y < toHeight; y++) {
            int row = rows[y] * width;
            for (int x = 0; x < toWidth; x++) {
                int i = (row + columns[x]) * channels;
                for (int c = 0; c < channels; c++) resized[o++] = samples[i + c];
            }
        }
        return resized;
    }
}
