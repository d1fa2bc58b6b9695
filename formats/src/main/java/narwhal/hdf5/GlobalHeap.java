package narwhal.hdf5;

import java.util.HashMap;
import java.util.Map;

/// Where texts of variable length lie: collections of numbered pieces. Section III.E.
final class GlobalHeap {
    private static final int HEADER = 16;

    private final Structures structures;
    private final Map<Long, Map<Integer, byte[]>> collections = new HashMap<>();

    GlobalHeap(Structures structures) {
        this.structures = structures;
    }

    /// The piece that a reference of 16 bytes (length, collection, number) points to, cut to that length.
    byte[] piece(Cursor reference) {
        long length = reference.u32();
        long collection = reference.address();
        long number = reference.u32();
        if (length == 0) return new byte[0];
        var pieces = collections.get(collection);
        if (pieces == null) {
            pieces = read(collection);
            collections.put(collection, pieces);
        }
        var piece = pieces.get((int) number);
        if (piece == null) throw reference.damaged("the heap at byte " + collection + " has no piece " + number);
        if (length > piece.length)
            throw reference.damaged("a text of " + length + " bytes, its piece of the heap has " + piece.length);
        structures.countText(length, reference.place());
        return length == piece.length ? piece : java.util.Arrays.copyOf(piece, (int) length);
    }

    private Map<Integer, byte[]> read(long address) {
        var header = structures.peek(address, HEADER, "heap of texts");
        header.signature("GCOL");
        header.version(1, "heap of texts");
        header.skip(3);
        long length = header.u64();
        if (length < HEADER) throw header.damaged("a size of " + length);
        var in = structures.take(address, length, "heap of texts").skip(HEADER);
        var pieces = new HashMap<Integer, byte[]>();
        while (in.remaining() >= HEADER) {
            int number = in.u16();
            in.skip(6);
            long size = in.u64();
            if (number == 0) break; // the free room at the end
            if (size > in.remaining()) throw in.damaged("a piece of " + size + " bytes does not fit");
            if (pieces.put(number, in.bytes((int) size)) != null) throw in.damaged("two pieces " + number);
            in.skip((int) Math.min(-size & 7, in.remaining()));
        }
        return pieces;
    }
}
