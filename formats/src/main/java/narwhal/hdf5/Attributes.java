package narwhal.hdf5;

import java.util.ArrayList;
import java.util.List;

/// The attributes of an object, in its header or in a heap. Sections IV.A.2.m and v.
final class Attributes {
    private static final int INDEX_BY_NAME = 8;

    private static final int BYTES_OF_A_LIST_ENTRY = 32;

    private final Structures structures;
    private final GlobalHeap heap;
    private final List<Attribute> attributes = new ArrayList<>();

    private Attributes(Structures structures, GlobalHeap heap) {
        this.structures = structures;
        this.heap = heap;
    }

    static List<Attribute> read(Structures structures, GlobalHeap heap, ObjectHeader header) {
        var attributes = new Attributes(structures, heap);
        for (var message : header.all(Message.ATTRIBUTE)) attributes.add(message.own());
        header.only(Message.ATTRIBUTE_INFO).ifPresent(info -> attributes.dense(info, header.path()));
        return attributes.attributes;
    }

    private void dense(Cursor info, String path) {
        info.version(0, "attribute information");
        if ((info.u8() & 1) != 0) info.skip(2);
        long heapAddress = info.address();
        long tree = info.address();
        if (heapAddress == Cursor.UNDEFINED) return;
        var fractal = new FractalHeap(structures, heapAddress, path);
        BTree2.visit(structures, tree, INDEX_BY_NAME, path, record -> {
            var body = fractal.object(record);
            add(new Message(Message.ATTRIBUTE, (record.u8() & 2) != 0, body).own());
        });
    }

    private void add(Cursor in) {
        int version = in.u8();
        if (version < 1 || version > 3) throw in.unknown("version " + version + " of an attribute, expected 1 to 3");
        int flags = in.u8();
        if (version > 1 && (flags & 3) != 0) throw in.unknown("an attribute of a shared datatype");
        int nameBytes = in.u16();
        int typeBytes = in.u16();
        int spaceBytes = in.u16();
        if (version == 3) in.skip(1);
        int unit = version == 1 ? 8 : 1;
        var name = Text.zeroTerminated(padded(in, nameBytes, unit).bytes(nameBytes), in);
        var type = Datatype.read(padded(in, typeBytes, unit));
        var space = Dataspace.read(padded(in, spaceBytes, unit));
        if (attributes.stream().anyMatch(other -> other.name().equals(name)))
            throw in.damaged("two attributes " + name);
        attributes.add(new Attribute(name, type.toString(), space.count(), texts(in, type, space.count(), name)));
    }

    private static Cursor padded(Cursor in, int bytes, int unit) {
        var part = in.part(bytes);
        in.skip(Math.min((bytes + unit - 1) / unit * unit - bytes, in.remaining()));
        return part;
    }

    private List<String> texts(Cursor in, Datatype type, long count, String name) {
        if (count > in.remaining() / type.size())
            throw in.damaged(
                    "attribute " + name + ": " + count + " values do not fit into its " + in.remaining() + " bytes");
        if (!(type instanceof Datatype.VariableText || type instanceof Datatype.FixedText)) return List.of();
        structures.countText(count * BYTES_OF_A_LIST_ENTRY, in.place());
        var texts = new ArrayList<String>();
        for (long i = 0; i < count; i++) {
            var value = in.part(type.size());
            texts.add(type instanceof Datatype.FixedText fixed ? fixed(fixed, value) : variable(value));
        }
        return texts;
    }

    private String variable(Cursor reference) {
        return Text.zeroTerminated(heap.piece(reference), reference);
    }

    private static String fixed(Datatype.FixedText type, Cursor value) {
        var bytes = value.bytes(type.size());
        return switch (type.padding()) {
            case ZERO_TERMINATED -> Text.zeroTerminated(bytes, value);
            case ZEROS -> Text.padded(bytes, (byte) 0, value);
            case SPACES -> Text.padded(bytes, (byte) ' ', value);
        };
    }
}
