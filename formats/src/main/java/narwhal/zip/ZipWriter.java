package narwhal.zip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import narwhal.disk.Content;
import narwhal.errors.Problem;

/// Writes an archive of stored entries, dated 1 January 1980: the same contents give the same bytes.
public final class ZipWriter {
    private static final int VERSION = 20;
    private static final int UTF_8_NAME = 1 << 11;
    private static final int DATE = 1 << 5 | 1;
    private static final int UNIX = 3;
    private static final long REGULAR_FILE = 0_100_600L;

    private record Member(byte[] name, Content content, int crc, long offset) {}

    private ZipWriter() {
    }

    /// An archive, ready for [narwhal.disk.AtomicFile]. Each entry's content is written twice: once for its checksum.
    ///
    /// @param entries by name, in the order of the archive
    /// @throws NarwhalException `MODEL_LIMIT` beyond 4 GiB
    public static Content content(SequencedMap<String, Content> entries) {
        var members = new ArrayList<Member>();
        long offset = 0;
        for (var entry : entries.entrySet()) {
            var member = new Member(entry.getKey().getBytes(StandardCharsets.UTF_8), entry.getValue(), crc(entry),
                    offset);
            members.add(member);
            offset += local(member).remaining() + member.content.length();
        }
        var directory = directory(members, offset);
        long length = offset + directory.remaining();
        if (length > 0xffff_fffeL)
            throw Problem.MODEL_LIMIT.because("the model has " + length + " bytes, an archive holds 4 GiB",
                    "save it as .h5");
        return new Archive(List.copyOf(members), directory, length);
    }

    private record Archive(List<Member> members, ByteBuffer directory, long length) implements Content {
        @Override
        public void writeTo(Target out) throws IOException {
            for (var member : members) {
                out.write(local(member));
                member.content.writeTo(out);
            }
            out.write(directory.duplicate());
        }
    }

    private static int crc(Map.Entry<String, Content> entry) {
        var crc = new CRC32();
        try {
            entry.getValue().writeTo(crc::update);
        } catch (IOException e) {
            throw new UncheckedIOException("a checksum needs no disk", e);
        }
        return (int) crc.getValue();
    }

    private static ByteBuffer local(Member member) {
        var out = buffer(30 + member.name.length).putInt(0x04034b50).putShort((short) VERSION);
        return common(out, member).put(member.name).flip();
    }

    private static ByteBuffer directory(List<Member> members, long at) {
        var out = buffer(members.stream().mapToInt(member -> 46 + member.name.length).sum() + 22);
        for (var member : members) {
            out.putInt(0x02014b50).putShort((short) (UNIX << 8 | VERSION)).putShort((short) VERSION);
            common(out, member).putShort((short) 0).putShort((short) 0).putShort((short) 0);
            out.putInt((int) (REGULAR_FILE << 16)).putInt((int) member.offset).put(member.name);
        }
        int length = out.position();
        out.putInt(0x06054b50).putInt(0).putShort((short) members.size()).putShort((short) members.size());
        return out.putInt(length).putInt((int) at).putShort((short) 0).flip();
    }

    /// The fields that both headers have, in the same order.
    private static ByteBuffer common(ByteBuffer out, Member member) {
        int length = (int) member.content.length();
        out.putShort((short) UTF_8_NAME).putShort((short) 0).putShort((short) 0).putShort((short) DATE);
        out.putInt(member.crc).putInt(length).putInt(length);
        return out.putShort((short) member.name.length).putShort((short) 0);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
