package narwhal.engine.cpu.convolution;

/// The tiles of a batch of pictures, two of which make one complex transform: real parts from the even tile, imaginary
/// parts from the odd one.
///
/// @param batch pictures
/// @param y rows
/// @param x columns
/// @param from channels of the pictures that are read
/// @param to channels of the pictures that are written
record Tiling(int batch, Axis y, Axis x, int from, int to) {
    /// Pairs that are transformed together: enough to share the reading of the kernel's spectrum.
    static final int BLOCK_PAIRS = 8;

    static Tiling forward(Geometry g, int tileHeight, int tileWidth) {
        return new Tiling(g.batch(),
                Axis.forward(tileHeight, g.kernelHeight(), g.height(), g.top(), g.outputHeight()),
                Axis.forward(tileWidth, g.kernelWidth(), g.width(), g.left(), g.outputWidth()), g.inputs(),
                g.outputs());
    }

    static Tiling backward(Geometry g, int tileHeight, int tileWidth) {
        return new Tiling(g.batch(),
                Axis.backward(tileHeight, g.kernelHeight(), g.height(), g.top(), g.outputHeight()),
                Axis.backward(tileWidth, g.kernelWidth(), g.width(), g.left(), g.outputWidth()), g.outputs(),
                g.inputs());
    }

    int tiles() {
        return batch * y.tiles() * x.tiles();
    }

    int pairs() {
        return Math.ceilDiv(tiles(), 2);
    }

    /// Pairs in a block: fewer where there are few, so that several threads have work, but enough to fill vectors.
    int blockPairs() {
        int few = pairs() >= 2 * BLOCK_PAIRS ? SpectralProducts.ROWS : SpectralProducts.ROWS / 2;
        int filling = Layout.WIDEST.toFill(Layout.WIDEST.packed(Math.min(from, to)));
        return pairs() >= 4 * BLOCK_PAIRS ? BLOCK_PAIRS : Math.max(few, filling);
    }

    int blocks() {
        return Math.ceilDiv(pairs(), blockPairs());
    }

    /// Pairs in one block, the last may have fewer.
    int pairsIn(int block) {
        return Math.min(blockPairs(), pairs() - block * blockPairs());
    }

    int picture(int tile) {
        return tile / (y.tiles() * x.tiles());
    }

    int tileY(int tile) {
        return tile / x.tiles() % y.tiles();
    }

    int tileX(int tile) {
        return tile % x.tiles();
    }
}
