package narwhal.engine.cpu.convolution;

import java.util.ArrayList;
import java.util.List;

/// One axis of a part of a [ConvolutionPair]: which source cells and which results it connects, and by which taps of the two
/// kernels. At position j, tap a reads the cell `firstSource + j + a` and result r goes to the cell `firstResult + j + r`.
///
/// @param positions places where the same numbers are applied
/// @param taps source cells of a position
/// @param results of a position
/// @param firstSource source cell of tap 0 at position 0
/// @param firstResult cell of result 0 at position 0
/// @param paths the ways from a source cell to a result
/// @param starts the ways from a cell between the two convolutions to a result
record PairAxis(int positions, int taps, int results, int firstSource, int firstResult, List<Path> paths,
        List<Start> starts) {

    /// From tap `tap` to result `result` by tap `first` of the first kernel and tap `second` of the second.
    record Path(int tap, int result, int first, int second) {}

    /// From a cell between the convolutions to result `result` by tap `second` of the second kernel.
    record Start(int result, int second) {}

    /// Cells between the convolutions wherever the second one reads, as if the first one had results outside the picture
    /// too: every result is the same function of the cells around it.
    ///
    /// @param cells of the picture
    static PairAxis everywhere(int cells, int first, int second) {
        var paths = new ArrayList<Path>();
        var starts = new ArrayList<Start>();
        for (int t2 = 0; t2 < second; t2++) {
            starts.add(new Start(0, t2));
            for (int t1 = 0; t1 < first; t1++) paths.add(new Path(t1 + t2, 0, t1, t2));
        }
        return new PairAxis(cells, first + second - 1, 1, -(first / 2) - second / 2, 0, paths, starts);
    }

    /// Cells between the convolutions in front of the picture only.
    static PairAxis before(int first, int second) {
        return edge(-(second / 2), 0, 0, first, second);
    }

    /// Cells between the convolutions behind the picture only.
    static PairAxis behind(int cells, int first, int second) {
        return edge(cells, cells - first / 2, cells - second / 2, first, second);
    }

    /// The cells p = `ring` … `ring` + second / 2 − 1 between the convolutions, where
    /// p = source − t1 + first / 2 = result + t2 − second / 2.
    private static PairAxis edge(int ring, int firstSource, int firstResult, int first, int second) {
        var paths = new ArrayList<Path>();
        var starts = new ArrayList<Start>();
        for (int p = ring; p < ring + second / 2; p++) {
            for (int r = 0; r < second / 2; r++) {
                int t2 = p - (firstResult + r) + second / 2;
                if (t2 < 0 || t2 >= second) continue;
                starts.add(new Start(r, t2));
                for (int a = 0; a < first / 2; a++) {
                    int t1 = firstSource + a - p + first / 2;
                    if (t1 >= 0 && t1 < first) paths.add(new Path(a, r, t1, t2));
                }
            }
        }
        return new PairAxis(1, first / 2, second / 2, firstSource, firstResult, paths, starts);
    }
}
