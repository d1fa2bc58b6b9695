package narwhal.hdf5;

import java.util.ArrayList;
import java.util.List;

/// Collects the texts of variable length of a file that is written, and the places that refer to them. Section III.E.
final class HeapDraft {
    private static final int SMALLEST = 4096;
    private static final int HEADER = 16;
    /// A collection is closed beyond this many bytes, so that no reader needs all texts at once.
    private static final int FULL = 1 << 16;

    private final List<List<byte[]>> collections = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private int filled;

    private record Reference(int at, int collection) {}

    /// Writes a reference to a text into `out`; the address in it follows in [#finish].
    void refer(Bag out, byte[] text) {
        if (collections.isEmpty() || filled > FULL) {
            collections.add(new ArrayList<>());
            filled = 0;
        }
        var pieces = collections.getLast();
        pieces.add(text);
        filled += HEADER + text.length;
        out.u32(text.length);
        references.add(new Reference(out.length(), collections.size() - 1));
        out.u64(0).u32(pieces.size());
    }

    /// Writes the collections and corrects the references to them.
    void finish(Bag out) {
        var addresses = new long[collections.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = out.length();
            write(collections.get(i), out);
        }
        for (var reference : references) out.patch64(reference.at, addresses[reference.collection]);
    }

    private static void write(List<byte[]> pieces, Bag out) {
        int begin = out.length();
        int used = HEADER + pieces.stream().mapToInt(piece -> HEADER + round(piece.length)).sum();
        int length = Math.max(SMALLEST, used + HEADER);
        out.ascii("GCOL").u8(1, 0, 0, 0).u64(length);
        for (int i = 0; i < pieces.size(); i++) {
            out.u16(i + 1).u16(0).u32(0).u64(pieces.get(i).length).bytes(pieces.get(i)).align();
        }
        out.u16(0).u16(0).u32(0).u64(length - used);
        out.zeros(begin + length - out.length());
    }

    private static int round(int length) {
        return (length + 7) & ~7;
    }
}
