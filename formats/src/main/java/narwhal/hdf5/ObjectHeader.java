package narwhal.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// All messages about one object, collected over its pieces. Section IV.A.1.
final class ObjectHeader {
    private static final int PREFIX = 16;
    private static final int CHECKSUM = 4;

    private final Structures structures;
    private final String path;
    private final List<Message> messages = new ArrayList<>();
    private final Deque<Piece> pieces = new ArrayDeque<>();

    private record Piece(long address, long length) {}

    private ObjectHeader(Structures structures, String path) {
        this.structures = structures;
        this.path = path;
    }

    static ObjectHeader read(Structures structures, long address, String path) {
        var header = new ObjectHeader(structures, path);
        var begin = structures.peek(address, 4, path);
        if (begin.u8() == 'O') header.readNew(address);
        else
            header.readOld(address);
        return header;
    }

    String path() {
        return path;
    }

    List<Message> all(int kind) {
        return messages.stream().filter(message -> message.kind() == kind).toList();
    }

    /// The only message of that kind, if there is one.
    Optional<Cursor> only(int kind) {
        var found = all(kind);
        if (found.size() > 1) throw found.getLast().body().damaged("a second message of kind " + kind);
        return found.stream().findFirst().map(Message::own);
    }

    boolean has(int kind) {
        return messages.stream().anyMatch(message -> message.kind() == kind);
    }

    // ---- version 1 ----

    private void readOld(long address) {
        var prefix = structures.take(address, PREFIX, path);
        prefix.version(1, "object header");
        prefix.skip(7);
        long length = prefix.u32();
        pieces.add(new Piece(address + PREFIX, length));
        while (!pieces.isEmpty()) {
            var piece = pieces.remove();
            oldMessages(structures.take(piece.address, piece.length, path));
        }
    }

    private void oldMessages(Cursor in) {
        while (in.remaining() >= 8) {
            int kind = in.u16();
            int length = in.u16();
            int flags = in.u8();
            in.skip(3);
            add(kind, flags, in.part(length));
        }
    }

    // ---- version 2 ----

    private void readNew(long address) {
        int flags = structures.peek(address, 6, path).skip(5).u8();
        int before = 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        int width = 1 << (flags & 3);
        long length = structures.peek(address, before + width, path).skip(before).unsigned(width);
        if (length > Integer.MAX_VALUE)
            throw structures.peek(address, 4, path).damaged("a header of " + length + " bytes");
        var in = structures.take(address, before + width + length + CHECKSUM, path);
        Checksum.verify(in);
        in.signature("OHDR");
        in.version(2, "object header");
        in.skip(before - 5 + width);
        newMessages(in, flags);
        while (!pieces.isEmpty()) {
            var piece = pieces.remove();
            var more = structures.take(piece.address, piece.length, path);
            Checksum.verify(more);
            more.signature("OCHK");
            newMessages(more, flags);
        }
    }

    private void newMessages(Cursor in, int flags) {
        int prefix = (flags & 4) != 0 ? 6 : 4;
        while (in.remaining() - CHECKSUM >= prefix) {
            int kind = in.u8();
            int length = in.u16();
            int messageFlags = in.u8();
            in.skip(prefix - 4);
            if (length > in.remaining() - CHECKSUM) throw in.damaged("a message of " + length + " bytes does not fit");
            add(kind, messageFlags, in.part(length));
        }
    }

    private void add(int kind, int flags, Cursor body) {
        if (kind == Message.CONTINUATION) {
            pieces.add(new Piece(body.definedAddress("place for its continuation"), body.u64()));
            return;
        }
        if (kind > Message.LAST_KNOWN && (flags & 0x80) != 0) throw body.unknown("a message of kind " + kind);
        messages.add(new Message(kind, (flags & 2) != 0, body));
    }
}
