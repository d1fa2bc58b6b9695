package narwhal.hdf5;

import java.util.Arrays;
import java.util.List;

/// How many elements there are and along which axes. Section IV.A.2.b.
///
/// @param scalar one element without axes
/// @param extents outermost first
record Dataspace(boolean scalar, List<Long> extents) {
    private static final int SCALAR = 0;
    private static final int SIMPLE = 1;
    private static final int EMPTY = 2;
    private static final int MOST_AXES = 32;

    Dataspace {
        extents = List.copyOf(extents);
    }

    /// Parses a dataspace message. The product of the extents fits a `long`.
    static Dataspace read(Cursor in) {
        int version = in.u8();
        int axes = in.u8();
        in.skip(1);
        int kind = switch (version) {
            case 1 -> {
                in.skip(5);
                yield axes == 0 ? SCALAR : SIMPLE;
            }
            case 2 -> in.u8();
            default -> throw in.unknown("version " + version + " of a dataspace, expected 1 or 2");
        };
        if (kind > EMPTY || (kind != SIMPLE && axes > 0)) throw in.damaged("a dataspace of kind " + kind);
        if (axes > MOST_AXES) throw in.damaged(axes + " axes, expected " + MOST_AXES + " at most");
        var extents = new Long[axes];
        long count = 1;
        for (int i = 0; i < axes; i++) {
            extents[i] = in.u64();
            // Beside an axis of 0 any other would do; no array of ours has one that long.
            if (extents[i] < 0 || extents[i] > Integer.MAX_VALUE)
                throw in.damaged("an axis of " + Long.toUnsignedString(extents[i]) + " elements");
            count = Math.multiplyHigh(count, extents[i]) == 0 ? count * extents[i] : -1;
            if (count < 0)
                throw in.damaged("the shape " + Arrays.toString(Arrays.copyOf(extents, i + 1)) + " overflows");
        }
        return kind == EMPTY ? new Dataspace(false, List.of(0L)) : new Dataspace(kind == SCALAR, List.of(extents));
    }

    /// Number of elements.
    long count() {
        long count = 1;
        for (long extent : extents) count *= extent;
        return count;
    }
}
