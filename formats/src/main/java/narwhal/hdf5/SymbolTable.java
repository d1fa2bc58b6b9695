package narwhal.hdf5;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import narwhal.errors.Problem;

/// The children of a group of the old style: a tree of nodes with their addresses, and a heap with their names. Sections
/// III.A.1, III.B, III.C and III.D.
final class SymbolTable {
    private static final int LINK_BY_NAME = 2;

    private final Structures structures;
    private final Superblock superblock;
    private final String path;
    private final byte[] names;
    private final List<Link> links = new ArrayList<>();

    private SymbolTable(Structures structures, Superblock superblock, String path, long heap) {
        this.structures = structures;
        this.superblock = superblock;
        this.path = path;
        this.names = heap(heap);
    }

    /// @param message the body of a symbol table message
    static List<Link> links(Structures structures, Superblock superblock, Cursor message, String path) {
        long tree = message.definedAddress("tree of its children");
        var table = new SymbolTable(structures, superblock, path, message.definedAddress("heap of names"));
        table.node(tree, -1);
        return table.links;
    }

    private byte[] heap(long address) {
        var in = structures.take(address, 32, path);
        in.signature("HEAP");
        in.version(0, "heap of names");
        in.skip(3);
        long length = in.u64();
        in.skip(8);
        var data = structures.take(in.definedAddress("names"), length, path);
        return data.bytes(data.remaining());
    }

    /// @param level the one that the node must have; −1 for the root, which may have any
    private void node(long address, int level) {
        var in = structures.take(address, superblock.treeNodeBytes(), path);
        in.signature("TREE");
        if (in.u8() != 0) throw in.damaged("a tree that is none of a group");
        int itsLevel = in.u8();
        if (level >= 0 && itsLevel != level) throw in.damaged("a node of level " + itsLevel + ", expected " + level);
        int children = in.u16();
        if (children > 2 * superblock.treeRank()) throw in.damaged(children + " children in one node");
        in.skip(16);
        for (int i = 0; i < children; i++) {
            in.skip(8);
            long child = in.definedAddress("child");
            if (itsLevel > 0)
                node(child, itsLevel - 1);
            else
                leaf(child);
        }
    }

    private void leaf(long address) {
        var in = structures.take(address, superblock.leafBytes(), path);
        in.signature("SNOD");
        in.version(1, "node of symbols");
        in.skip(1);
        int count = in.u16();
        if (count > 2 * superblock.leafRank()) throw in.damaged(count + " symbols in one node");
        for (int i = 0; i < count; i++) {
            long nameAt = in.u64();
            var name = name(nameAt, in);
            long header = in.address();
            if (in.u32() == LINK_BY_NAME) {
                throw Problem.MODEL_REFUSED_LINK
                        .because(structures.file().place() + ": " + path + ": " + name + " is a soft link");
            }
            in.skip(20);
            links.add(new Link(name, header));
        }
    }

    private String name(long at, Cursor in) {
        if (at >= names.length) throw in.damaged("a name at byte " + at + " of " + names.length);
        int end = (int) at;
        while (end < names.length && names[end] != 0) end++;
        structures.countText(end - at, path);
        return Text.of(Arrays.copyOfRange(names, (int) at, end), in);
    }
}
