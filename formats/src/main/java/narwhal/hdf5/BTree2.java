package narwhal.hdf5;

import java.util.function.Consumer;

/// A tree of records, newer style. Section III.A.2. We need all records, so keys are not compared.
final class BTree2 {
    private static final int HEADER = 38;
    private static final int FRAME = 10;
    private static final int DEEPEST = 8;

    private final Structures structures;
    private final String path;
    private final Consumer<Cursor> visitor;
    private final int kind;
    private final long nodeBytes;
    private final int recordBytes;
    private long left;

    /// Visits every record of the tree at `address` in order.
    ///
    /// @param kind what its records are
    /// @param visitor gets each record as a structure of its own
    static void visit(Structures structures, long address, int kind, String path, Consumer<Cursor> visitor) {
        new BTree2(structures, address, kind, path, visitor);
    }

    private BTree2(Structures structures, long address, int kind, String path, Consumer<Cursor> visitor) {
        this.structures = structures;
        this.path = path;
        this.visitor = visitor;
        this.kind = kind;
        var in = structures.take(address, HEADER, path);
        Checksum.verify(in);
        in.signature("BTHD");
        in.version(0, "tree");
        checkKind(in);
        nodeBytes = in.u32();
        recordBytes = in.u16();
        int depth = in.u16();
        in.skip(2);
        long root = in.address();
        int records = in.u16();
        left = in.u64();
        if (depth > DEEPEST || recordBytes == 0 || nodeBytes < FRAME + recordBytes)
            throw in.damaged("a tree of depth " + depth + " with records of " + recordBytes + " bytes");
        if (root != Cursor.UNDEFINED) node(root, depth, records);
        if (left != 0) throw in.damaged("the number of records in the tree is " + left + " off");
    }

    private void checkKind(Cursor in) {
        int came = in.u8();
        if (came != kind) throw in.damaged("a tree of kind " + came + ", expected " + kind);
    }

    private void node(long address, int depth, long records) {
        var in = structures.take(address, nodeBytes, path);
        in.signature(depth == 0 ? "BTLF" : "BTIN");
        in.version(0, "node");
        checkKind(in);
        if (records > most(0)) throw in.damaged(records + " records in one node");
        var own = in.part((int) records * recordBytes);
        if (depth == 0) {
            left -= records;
            for (int i = 0; i < records; i++) visitor.accept(own.part(recordBytes));
            return;
        }
        left -= records;
        int countBytes = bytesFor(most(0));
        int totalBytes = depth > 1 ? bytesFor(total(depth - 1)) : 0;
        for (int i = 0; i <= records; i++) {
            long child = in.definedAddress("child");
            long childRecords = in.unsigned(countBytes);
            in.skip(totalBytes);
            node(child, depth - 1, childRecords);
            if (i < records) visitor.accept(own.part(recordBytes));
        }
    }

    /// Records that a node holds at most.
    private long most(int depth) {
        if (depth == 0) return (nodeBytes - FRAME) / recordBytes;
        int pointer = 8 + bytesFor(most(0)) + (depth > 1 ? bytesFor(total(depth - 1)) : 0);
        return (nodeBytes - FRAME - pointer) / (recordBytes + pointer);
    }

    /// Records below and in a node at most.
    private long total(int depth) {
        if (depth == 0) return most(0);
        return (most(depth) + 1) * total(depth - 1) + most(depth);
    }

    private static int bytesFor(long largest) {
        return (63 - Long.numberOfLeadingZeros(largest)) / 8 + 1;
    }
}
