package narwhal.engine.cpu.convolution;

/// How overlap-save cuts one axis of a picture into tiles.
///
/// A tile is a stretch of `step` results. They come from a window of `length` source cells, `length` ≥ `step` + taps − 1,
/// so that the circular convolution of the Fourier transform never reaches round the end. A tile that holds the whole
/// picture may be longer: what it reaches round the end are the zeros of the padding, which serve both sides.
///
/// @param length cells of a window, the points of the transform
/// @param taps of the kernel
/// @param source cells of the picture that is read
/// @param before padded cells in front of it
/// @param results cells of the picture that is written
/// @param shift where the first result of a tile stands in its window
/// @param tiles number of tiles
/// @param step results of a tile, less in the last
record Axis(int length, int taps, int source, int before, int results, int shift, int tiles, int step) {

    /// The axis of y[p] = Σ x[p + k − before] · w[k].
    static Axis forward(int length, int taps, int inputs, int before, int outputs) {
        return of(length, taps, inputs, before, outputs, 0);
    }

    /// The axis of dx[q] = Σ dy[q + before − k] · w[k].
    static Axis backward(int length, int taps, int inputs, int before, int outputs) {
        return of(length, taps, outputs, taps - 1 - before, inputs, taps - 1);
    }

    private static Axis of(int length, int taps, int source, int before, int results, int shift) {
        if (length < taps) throw new IllegalArgumentException(length + " points do not hold " + taps + " taps");
        boolean whole = length >= Math.max(source + before, results + taps - 1 - before);
        int step = whole ? results : length - taps + 1;
        return new Axis(length, taps, source, before, results, shift, Math.ceilDiv(results, step), step);
    }

    /// The source cell at a place of a tile's window, −1 for padding.
    int windowCell(int tile, int place) {
        int cell = tile * step - before + place;
        return cell < source ? Math.max(cell, -1) : -1;
    }

    /// The cell of the *written* picture at a place of a tile's window, −1 where there is none.
    int resultCell(int tile, int place) {
        int offset = place >= shift ? place - shift : place - shift + length;
        int cell = tile * step + offset;
        return offset < step && cell < results ? cell : -1;
    }

    /// First source cell inside a tile's window.
    int firstSource(int tile) {
        return Math.max(tile * step - before, 0);
    }

    /// Number of source cells inside a tile's window.
    int countSource(int tile) {
        return Math.max(Math.min(tile * step - before + length, source) - firstSource(tile), 0);
    }

    /// Where the first source cell stands in a tile's window.
    int placeSource(int tile) {
        return firstSource(tile) - (tile * step - before);
    }

    /// Number of results of a tile.
    int countResults(int tile) {
        return Math.min(step, results - tile * step);
    }
}
