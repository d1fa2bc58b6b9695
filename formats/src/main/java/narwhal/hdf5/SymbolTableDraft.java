package narwhal.hdf5;

import java.util.ArrayList;
import java.util.List;

/// Writes the children of a group as a symbol table: heap of names, leaves of 8 symbols, and a tree of nodes of 32 over them.
/// Sections III.A.1, III.B, III.C and III.D.
final class SymbolTableDraft {
    static final int LEAF_RANK = 4;
    static final int TREE_RANK = 16;

    private static final int LEAF_BYTES = 8 + 2 * LEAF_RANK * 40;
    private static final int NODE_BYTES = 24 + 8 + 2 * TREE_RANK * 16;
    private static final int NO_FREE_ROOM = 1;

    private final Bag out;

    /// Where the table was written.
    ///
    /// @param tree address of its root node
    /// @param heap address of its names
    record Place(long tree, long heap) {}

    /// A child that was written already.
    ///
    /// @param table of its own, if it is a group
    record Child(byte[] name, long header, List<Place> table) {}

    /// A leaf or node with the place in the heap of the largest name in it.
    private record Branch(long address, long lastName) {}

    SymbolTableDraft(Bag out) {
        this.out = out;
    }

    /// @param children sorted by the bytes of their names
    Place write(List<Child> children) {
        var names = new long[children.size()];
        long heap = heap(children, names);
        var branches = leaves(children, names);
        int level = 0;
        do {
            branches = nodes(branches, level++);
        } while (branches.size() > 1);
        return new Place(branches.getFirst().address, heap);
    }

    private long heap(List<Child> children, long[] names) {
        var data = new Bag().zeros(8);
        for (int i = 0; i < names.length; i++) {
            names[i] = data.length();
            data.bytes(children.get(i).name).u8(0).align();
        }
        long address = out.length();
        out.ascii("HEAP").u8(0, 0, 0, 0).u64(data.length()).u64(NO_FREE_ROOM).u64(address + 32);
        out.bytes(data.toBytes());
        return address;
    }

    private List<Branch> leaves(List<Child> children, long[] names) {
        var leaves = new ArrayList<Branch>();
        for (int from = 0; from < names.length; from += 2 * LEAF_RANK) {
            int to = Math.min(from + 2 * LEAF_RANK, names.length);
            int begin = out.length();
            leaves.add(new Branch(begin, names[to - 1]));
            out.ascii("SNOD").u8(1, 0).u16(to - from);
            for (int i = from; i < to; i++) symbol(children.get(i), names[i]);
            out.zeros(begin + LEAF_BYTES - out.length());
        }
        return leaves;
    }

    private void symbol(Child child, long name) {
        out.u64(name).u64(child.header);
        if (child.table.isEmpty()) {
            out.zeros(24);
        } else {
            var table = child.table.getFirst();
            out.u32(1).u32(0).u64(table.tree).u64(table.heap);
        }
    }

    private List<Branch> nodes(List<Branch> branches, int level) {
        var nodes = new ArrayList<Branch>();
        int count = Math.max(1, (branches.size() + 2 * TREE_RANK - 1) / (2 * TREE_RANK));
        long first = out.length();
        for (int n = 0; n < count; n++) {
            int from = n * 2 * TREE_RANK;
            int to = Math.min(from + 2 * TREE_RANK, branches.size());
            int begin = out.length();
            out.ascii("TREE").u8(0, level).u16(to - from);
            out.u64(n == 0 ? Cursor.UNDEFINED : first + (n - 1L) * NODE_BYTES);
            out.u64(n == count - 1 ? Cursor.UNDEFINED : first + (n + 1L) * NODE_BYTES);
            out.u64(from == 0 ? 0 : branches.get(from - 1).lastName);
            for (var branch : branches.subList(from, to)) out.u64(branch.address).u64(branch.lastName);
            out.zeros(begin + NODE_BYTES - out.length());
            nodes.add(new Branch(begin, to == from ? 0 : branches.get(to - 1).lastName));
        }
        return nodes;
    }
}
