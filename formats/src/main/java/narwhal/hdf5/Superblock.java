package narwhal.hdf5;

import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;

/// Where everything begins. Section II.A.
///
/// @param root address of the root group's object header
/// @param leafRank half the symbols that a leaf of a group's tree holds at most
/// @param treeRank half the children that a node of a group's tree has at most
record Superblock(long root, int leafRank, int treeRank) {
    static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int DEFAULT_LEAF_RANK = 4;
    private static final int DEFAULT_TREE_RANK = 16;

    /// Whether bytes begin like an HDF5 file.
    static boolean matches(Bytes file) {
        if (!file.contains(0, SIGNATURE.length)) return false;
        return java.util.Arrays.equals(file.read(0, SIGNATURE.length).array(), SIGNATURE);
    }

    static Superblock read(Structures structures) {
        var file = structures.file();
        if (!matches(file)) throw Problem.MODEL_UNKNOWN_FORMAT.because(file.place() + ": does not begin like HDF5");
        int version = structures.peek(0, 9, "superblock").skip(8).u8();
        return switch (version) {
            case 0, 1 -> old(structures, version);
            case 2, 3 -> recent(structures);
            default -> throw structures.peek(0, 9, "superblock").unknown("version " + version + ", expected 0 to 3");
        };
    }

    private static Superblock old(Structures structures, int version) {
        var in = structures.take(0, version == 0 ? 96 : 100, "superblock").skip(9);
        in.skip(4);
        widths(in);
        in.skip(1);
        int leafRank = in.u16();
        int treeRank = in.u16();
        if (leafRank == 0 || treeRank == 0) throw in.damaged("nodes without children");
        in.skip(version == 0 ? 4 : 8);
        base(in);
        in.skip(8);
        end(in, structures);
        if (in.address() != Cursor.UNDEFINED) throw driver(structures);
        in.skip(8);
        return new Superblock(in.definedAddress("root group"), leafRank, treeRank);
    }

    private static Superblock recent(Structures structures) {
        var in = structures.take(0, 48, "superblock");
        Checksum.verify(in);
        in.skip(9);
        widths(in);
        in.skip(1);
        base(in);
        long extension = in.address();
        end(in, structures);
        if (extension != Cursor.UNDEFINED) ObjectHeader.read(structures, extension, "superblock");
        return new Superblock(in.definedAddress("root group"), DEFAULT_LEAF_RANK, DEFAULT_TREE_RANK);
    }

    private static void widths(Cursor in) {
        int offsets = in.u8();
        int lengths = in.u8();
        if (offsets != 8 || lengths != 8) throw in.unknown("addresses of " + offsets + " bytes, expected 8");
    }

    private static void base(Cursor in) {
        long base = in.u64();
        if (base != 0) throw in.unknown("begins at byte " + base + ", expected 0");
    }

    private static void end(Cursor in, Structures structures) {
        long end = in.u64();
        long length = structures.file().length();
        if (end > length)
            throw in.damaged("was written with " + end + " bytes, has " + length + ": the end is missing");
    }

    private static NarwhalException driver(Structures structures) {
        return Problem.MODEL_REFUSED_LINK.because(structures.file().place() + ": spread over several files");
    }

    int treeNodeBytes() {
        return 24 + 8 + 2 * treeRank * 16;
    }

    int leafBytes() {
        return 8 + 2 * leafRank * 40;
    }
}
