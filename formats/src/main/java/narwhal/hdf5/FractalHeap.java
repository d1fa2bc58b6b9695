package narwhal.hdf5;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Where newer files keep many links or attributes: blocks of growing size, seen as one long stretch. Section III.G.
final class FractalHeap {
    private static final int HUGE_OBJECTS = 1;

    private final Structures structures;
    private final String path;
    private final int offsetBytes;
    private final int lengthBytes;
    private final int idBytes;
    private final int width;
    private final long startBytes;
    private final long largestDirect;
    private final long hugeTree;
    private final int heapBits;
    private final boolean checked;
    /// Direct blocks by where they begin in the stretch.
    private final TreeMap<Long, Cursor> blocks = new TreeMap<>();
    private Map<Long, Cursor> huge = Map.of();

    FractalHeap(Structures structures, long address, String path) {
        this.structures = structures;
        this.path = path;
        int filterBytes = structures.peek(address, 9, path).skip(7).u16();
        var in = structures.take(address, 146, path);
        if (filterBytes != 0) throw in.unknown("a heap with filters");
        Checksum.verify(in);
        in.signature("FRHP");
        in.version(0, "heap");
        idBytes = in.u16();
        in.skip(2);
        checked = (in.u8() & 2) != 0;
        long largestManaged = in.u32();
        in.skip(8);
        hugeTree = in.address();
        in.skip(80);
        width = in.u16();
        startBytes = in.u64();
        largestDirect = in.u64();
        heapBits = in.u16();
        in.skip(2);
        long root = in.address();
        int rows = in.u16();
        if (width == 0 || Long.bitCount(width) != 1 || Long.bitCount(startBytes) != 1
                || Long.bitCount(largestDirect) != 1 || largestDirect < startBytes || largestDirect > 1 << 30
                || heapBits > 64 || heapBits < 8 || idBytes > 64)
            throw in.damaged("a heap of impossible measures");
        offsetBytes = (heapBits + 7) / 8;
        lengthBytes = Math.min((log2(largestDirect) + 7) / 8, log2(Math.max(1, largestManaged)) / 8 + 1);
        if (root == Cursor.UNDEFINED) return;
        if (rows == 0)
            direct(root, 0, startBytes);
        else
            indirect(root, 0, rows);
    }

    /// The object with that identity.
    Cursor object(Cursor id) {
        var in = id.part(idBytes);
        int first = in.u8();
        if (first >> 6 != 0) throw in.unknown("version " + (first >> 6) + " of an identity in the heap");
        return switch (first >> 4 & 3) {
            case 0 -> managed(in);
            case 1 -> huge(in);
            case 2 -> in.part(Math.min((first & 0x0f) + 1, in.remaining()));
            default -> throw in.damaged("an identity of unknown kind");
        };
    }

    int idBytes() {
        return idBytes;
    }

    private Cursor managed(Cursor id) {
        long at = id.unsigned(offsetBytes);
        long length = id.unsigned(lengthBytes);
        var block = blocks.floorEntry(at);
        if (block == null) throw id.damaged("nothing at " + at + " of the heap");
        var in = block.getValue().copy();
        long skip = at - block.getKey();
        if (skip > in.remaining() || length > in.remaining() - skip)
            throw id.damaged(length + " bytes at " + at + " do not lie in a block of the heap");
        structures.countText(length, path);
        return in.skip((int) skip).part((int) length);
    }

    private Cursor huge(Cursor id) {
        if (huge.isEmpty() && hugeTree != Cursor.UNDEFINED) {
            huge = new HashMap<>();
            BTree2.visit(structures, hugeTree, HUGE_OBJECTS, path, record -> {
                long address = record.definedAddress("place of a large object");
                long length = record.u64();
                huge.put(record.u64(), structures.take(address, length, path));
            });
        }
        var found = huge.get(id.unsigned(Math.min(id.remaining(), 8)));
        if (found == null) throw id.damaged("a large object that is not there");
        structures.countText(found.remaining(), path);
        return found.copy();
    }

    private void direct(long address, long expectedAt, long bytes) {
        var in = structures.take(address, bytes, path);
        var body = in.copy();
        in.signature("FHDB");
        in.version(0, "block");
        in.skip(8);
        long at = in.unsigned(offsetBytes);
        if (at != expectedAt) throw in.damaged("a block for " + at + " of the heap, expected " + expectedAt);
        if (checked) verifyBlock(body.copy(), in.remaining());
        blocks.put(at, body);
    }

    /// The checksum of a block is taken with zeros in its own place.
    private static void verifyBlock(Cursor block, int behind) {
        int length = block.remaining();
        var bytes = block.copy().bytes(length);
        int at = length - behind;
        int stored = (int) block.copy().skip(at).u32();
        java.util.Arrays.fill(bytes, at, Math.min(at + 4, length), (byte) 0);
        if (Checksum.of(bytes) != stored) throw block.damaged("its checksum does not match");
    }

    private void indirect(long address, long expectedAt, int rows) {
        int directRows = log2(largestDirect) - log2(startBytes) + 2;
        if (rows > heapBits) throw structures.peek(address, 4, path).damaged(rows + " rows in a block");
        var in = structures.take(address, 13L + offsetBytes + 8L * rows * width + 4, path);
        Checksum.verify(in);
        in.signature("FHIB");
        in.version(0, "block");
        in.skip(8);
        long at = in.unsigned(offsetBytes);
        if (at != expectedAt) throw in.damaged("a block for " + at + " of the heap, expected " + expectedAt);
        for (int row = 0; row < rows; row++) {
            long bytes = row == 0 ? startBytes : startBytes << row - 1;
            if (bytes <= 0) throw in.damaged("a heap of impossible measures");
            for (int column = 0; column < width; column++, at += bytes) {
                long child = in.address();
                if (child == Cursor.UNDEFINED) continue;
                if (row < directRows)
                    direct(child, at, bytes);
                else
                    indirect(child, at, log2(bytes) - log2(startBytes * width) + 1);
            }
        }
    }

    private static int log2(long value) {
        return 63 - Long.numberOfLeadingZeros(value);
    }
}
