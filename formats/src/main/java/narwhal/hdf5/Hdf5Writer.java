package narwhal.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import narwhal.disk.Content;

/// Writes a [Draft] as h5py does by default: superblock 0, symbol tables, object headers of version 1, contiguous data sets,
/// single texts in the global heap. The same draft gives the same bytes: no times are stored.
public final class Hdf5Writer {
    private static final int ADDRESS_IN_LAYOUT = 2;
    private static final int LARGEST_MESSAGE = 65_528;
    private static final int PIECE = 1 << 16;

    private final Bag out = new Bag();
    private final HeapDraft heap = new HeapDraft();
    private final SymbolTableDraft tables = new SymbolTableDraft(out);
    private final List<Stored> stored = new ArrayList<>();

    /// Numbers, and where in `out` their address is to be written.
    private record Stored(int at, Numbers numbers) {}

    private Hdf5Writer() {
    }

    /// The bytes of a file with `root` as its root group, ready for [narwhal.disk.AtomicFile].
    ///
    /// @throws IllegalArgumentException for an attribute that no object header holds
    public static Content content(Draft root) {
        return new Hdf5Writer().write(root);
    }

    private Content write(Draft root) {
        out.bytes(Superblock.SIGNATURE).u8(0, 0, 0, 0, 0, 8, 8, 0);
        out.u16(SymbolTableDraft.LEAF_RANK).u16(SymbolTableDraft.TREE_RANK).u32(0);
        out.u64(0).u64(Cursor.UNDEFINED);
        int endAt = out.length();
        out.u64(0).u64(Cursor.UNDEFINED);
        int rootAt = out.length();
        out.zeros(40);
        var child = group(root, new byte[0]);
        heap.finish(out);
        var table = child.table().getFirst();
        out.patch64(rootAt + 8, child.header());
        out.patch64(rootAt + 16, 1);
        out.patch64(rootAt + 24, table.tree());
        out.patch64(rootAt + 32, table.heap());
        long end = out.length();
        for (var part : stored) {
            long bytes = part.numbers.bytes();
            out.patch64(part.at, bytes == 0 ? Cursor.UNDEFINED : end);
            end += round(bytes);
        }
        out.patch64(endAt, end);
        return content(out.toBytes(), end);
    }

    private SymbolTableDraft.Child group(Draft draft, byte[] name) {
        var children = new ArrayList<SymbolTableDraft.Child>();
        draft.children().forEach((childName, child) -> {
            var bytes = Draft.utf8(childName);
            children.add(child instanceof Draft inner ? group(inner, bytes) : dataSet((Numbers) child, bytes));
        });
        var table = tables.write(children);
        long address = header(1 + draft.notes().size(), () -> {
            message(Message.SYMBOL_TABLE, 0, () -> out.u64(table.tree()).u64(table.heap()));
            for (var note : draft.notes()) message(Message.ATTRIBUTE, 0, () -> attribute(note));
        });
        return new SymbolTableDraft.Child(name, address, List.of(table));
    }

    private SymbolTableDraft.Child dataSet(Numbers numbers, byte[] name) {
        long address = header(4, () -> {
            message(Message.DATASPACE, 0, () -> dataspace(numbers.shape()));
            message(Message.DATATYPE, 1, () -> {
                if (numbers.whole()) int64();
                else
                    float32();
            });
            message(0x05, 1, () -> out.u8(2, 2, 2, 1).u32(0)); // fill value: late, if set, the default
            message(Message.LAYOUT, 0, () -> {
                out.u8(3, 1);
                stored.add(new Stored(out.length(), numbers));
                out.u64(0).u64(numbers.bytes());
            });
        });
        return new SymbolTableDraft.Child(name, address, List.of());
    }

    // ---- object headers ----

    private long header(int messages, Runnable body) {
        int begin = out.length();
        out.u8(1, 0).u16(messages).u32(1).u32(0).u32(0);
        body.run();
        out.patch32(begin + 8, out.length() - begin - 16);
        return begin;
    }

    private void message(int kind, int flags, Runnable body) {
        int begin = out.length();
        out.u16(kind).u16(0).u8(flags, 0, 0, 0);
        body.run();
        out.align();
        int length = out.length() - begin - 8;
        if (length > LARGEST_MESSAGE)
            throw new IllegalArgumentException("an attribute of " + length + " bytes, HDF5 holds " + LARGEST_MESSAGE);
        out.patch16(begin + 2, length);
    }

    private void attribute(Draft.Note note) {
        var name = Draft.utf8(note.name());
        boolean empty = note.list() && note.values().isEmpty();
        int typeBytes = empty ? 20 : note.list() ? 8 : 20;
        int spaceBytes = note.list() ? 24 : 8;
        out.u8(1, 0).u16(name.length + 1).u16(typeBytes).u16(spaceBytes);
        out.bytes(name).u8(0).align();
        if (empty) {
            float64();
            out.align();
            extents(0);
        } else if (note.list()) {
            int width = note.values().stream().mapToInt(value -> value.length).max().orElse(1);
            out.u8(0x13, 1, 0, 0).u32(Math.max(1, width)).align(); // a text padded with zeros, ASCII
            extents(note.values().size());
            for (var value : note.values()) out.bytes(value).zeros(Math.max(1, width) - value.length);
        } else {
            out.u8(0x19, 1, note.unicode() ? 1 : 0, 0).u32(16).u8(0x10, 0, 0, 0).u32(1).u16(0).u16(8).align();
            dataspace(new int[0]);
            heap.refer(out, note.values().getFirst());
        }
    }

    private void dataspace(int[] shape) {
        out.u8(1, shape.length, shape.length == 0 ? 0 : 1, 0).u32(0);
        for (int i = 0; i < 2; i++) for (int extent : shape) out.u64(extent);
    }

    private void extents(int count) {
        dataspace(new int[]{count});
    }

    private void float32() {
        out.u8(0x11, 0x20, 31, 0).u32(4).u16(0).u16(32).u8(23, 8, 0, 23).u32(127);
    }

    private void float64() {
        out.u8(0x11, 0x20, 63, 0).u32(8).u16(0).u16(64).u8(52, 11, 0, 52).u32(1023);
    }

    private void int64() {
        out.u8(0x10, 8, 0, 0).u32(8).u16(0).u16(64);
    }

    // ---- the numbers ----

    private Content content(byte[] structure, long length) {
        return new Content() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(Target target) throws IOException {
                target.write(ByteBuffer.wrap(structure));
                for (var part : stored) write(part.numbers, target);
            }
        };
    }

    private static void write(Numbers numbers, Content.Target target) throws IOException {
        if (numbers.whole()) {
            target.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(numbers.number()).flip());
            return;
        }
        var values = numbers.values().get();
        if (4L * values.length != numbers.bytes())
            throw new IllegalStateException(values.length + " values for a data set of " + numbers.bytes() + " bytes");
        var piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.length; from += PIECE / 4) {
            int count = Math.min(PIECE / 4, values.length - from);
            piece.clear().limit(4 * count);
            piece.asFloatBuffer().put(values, from, count);
            target.write(piece);
        }
        int padding = (int) (round(numbers.bytes()) - numbers.bytes());
        if (padding > 0) target.write(ByteBuffer.allocate(padding));
    }

    private static long round(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
