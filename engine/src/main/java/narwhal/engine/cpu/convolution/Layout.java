package narwhal.engine.cpu.convolution;

/// How the channels of a pixel fill vectors.
///
/// @param lanes numbers in a vector, a power of two
record Layout(int lanes) {
    /// The vectors of this machine: how numbers lie in memory.
    static final Layout HERE = new Layout(Butterflies.LANES);
    /// Vectors of 512 bits, the widest there are: the way to compute a convolution and the parts of a sum are chosen as if
    /// every machine had them. Were its own counted, machines would differ in their last digits.
    static final Layout WIDEST = new Layout(16);

    /// The channels of a pixel in a line: the next multiple of the lanes.
    int padded(int channels) {
        return Math.ceilDiv(channels, lanes) * lanes;
    }

    /// The channels of a pixel that is only read from: where there are few, the same pixel of several tiles fills a vector.
    int packed(int channels) {
        int power = Integer.highestOneBit(2 * channels - 1);
        return power < lanes ? Math.max(power, SpectralProducts.ROWS) : padded(channels);
    }

    /// How many of them fill whole vectors.
    int toFill(int packed) {
        return packed < lanes ? lanes / packed : 1;
    }
}
