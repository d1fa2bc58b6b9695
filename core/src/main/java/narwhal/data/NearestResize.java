package narwhal.data;

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
}
