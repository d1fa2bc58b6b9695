package narwhal.hdf5;

import java.util.ArrayList;
import java.util.List;
import narwhal.errors.Problem;

/// The children of a group, in whichever of the three ways the file keeps them: a symbol table, link messages, or a heap of
/// link messages. Soft and external links are refused wherever they are. Sections IV.A.2.c, g and r.
final class Links {
    private static final int HARD = 0;
    private static final int INDEX_BY_NAME = 5;
    private static final int HASH_BYTES = 4;

    private Links() {
    }

    static boolean areIn(ObjectHeader header) {
        return header.has(Message.SYMBOL_TABLE) || header.has(Message.LINK_INFO) || header.has(Message.LINK);
    }

    static List<Link> read(Structures structures, Superblock superblock, ObjectHeader header) {
        var links = new ArrayList<Link>();
        header.only(Message.SYMBOL_TABLE).ifPresent(
                table -> links.addAll(SymbolTable.links(structures, superblock, table, header.path())));
        for (var message : header.all(Message.LINK)) links.add(link(message.own(), header.path()));
        header.only(Message.LINK_INFO).ifPresent(info -> {
            info.version(0, "link information");
            if ((info.u8() & 1) != 0) info.skip(8);
            long heapAddress = info.address();
            long tree = info.address();
            if (heapAddress == Cursor.UNDEFINED) return;
            var heap = new FractalHeap(structures, heapAddress, header.path());
            BTree2.visit(structures, tree, INDEX_BY_NAME, header.path(),
                    record -> links.add(link(heap.object(record.skip(HASH_BYTES)), header.path())));
        });
        return links;
    }

    private static Link link(Cursor in, String path) {
        in.version(1, "link");
        int flags = in.u8();
        int kind = (flags & 8) != 0 ? in.u8() : HARD;
        if ((flags & 4) != 0) in.skip(8);
        if ((flags & 16) != 0) in.skip(1);
        long length = in.unsigned(1 << (flags & 3));
        if (length > in.remaining()) throw in.damaged("a name of " + length + " bytes does not fit");
        var name = Text.of(in.bytes((int) length), in);
        if (kind != HARD)
            throw Problem.MODEL_REFUSED_LINK.because(
                    in.place() + ": " + name + " is " + (kind == 1 ? "a soft link" : "an external link"));
        return new Link(name, in.definedAddress("target"));
    }
}
