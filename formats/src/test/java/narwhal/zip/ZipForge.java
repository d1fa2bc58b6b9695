package narwhal.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes archives whose fields say whatever they are told to.
public final class ZipForge {
    /// One entry. What is written in the directory and in its own header may differ from what is true.
    ///
    /// @param data as they lie in the archive
    /// @param at where the directory says it begins; −1 for the truth
    public record Entry(String name, String localName, int method, int flags, byte[] data, long stored, long length,
            long crc, int mode, long at) {
        public Entry localName(String other) {
            return new Entry(name, other, method, flags, data, stored, length, crc, mode, at);
        }

        public Entry method(int other) {
            return new Entry(name, localName, other, flags, data, stored, length, crc, mode, at);
        }

        public Entry flags(int other) {
            return new Entry(name, localName, method, other, data, stored, length, crc, mode, at);
        }

        public Entry stored(long other) {
            return new Entry(name, localName, method, flags, data, other, length, crc, mode, at);
        }

        public Entry length(long other) {
            return new Entry(name, localName, method, flags, data, stored, other, crc, mode, at);
        }

        public Entry crc(long other) {
            return new Entry(name, localName, method, flags, data, stored, length, other, mode, at);
        }

        public Entry mode(int other) {
            return new Entry(name, localName, method, flags, data, stored, length, crc, other, at);
        }

        public Entry at(long other) {
            return new Entry(name, localName, method, flags, data, stored, length, crc, mode, other);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    public static Entry stored(String name, byte[] data) {
        return new Entry(name, name, 0, 0, data, data.length, data.length, crc(data), 0_100_644, -1);
    }

    public static Entry deflated(String name, byte[] data) {
        var packed = deflate(data);
        return new Entry(name, name, 8, 0, packed, packed.length, data.length, crc(data), 0_100_644, -1);
    }

    public ZipForge add(Entry entry) {
        entries.add(entry);
        return this;
    }

    public byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        var directory = new ByteArrayOutputStream();
        for (var entry : entries) {
            long at = entry.at < 0 ? out.size() : entry.at;
            var name = entry.name.getBytes(StandardCharsets.UTF_8);
            var local = entry.localName.getBytes(StandardCharsets.UTF_8);
            var own = buffer(30 + local.length).putInt(0x04034b50).putShort((short) 20);
            out.writeBytes(fields(own, entry).putShort((short) local.length).putShort((short) 0).put(local).array());
            out.writeBytes(entry.data);
            var listed = buffer(46 + name.length).putInt(0x02014b50).putShort((short) (3 << 8 | 20))
                    .putShort((short) 20);
            fields(listed, entry).putShort((short) name.length).putLong(0);
            directory.writeBytes(
                    listed.putShort((short) 0).putShort((short) entry.mode).putInt((int) at).put(name).array());
        }
        int begin = out.size();
        out.writeBytes(directory.toByteArray());
        short count = (short) entries.size();
        out.writeBytes(buffer(22).putInt(0x06054b50).putInt(0).putShort(count).putShort(count).putInt(directory.size())
                .putInt(begin).putShort((short) 0).array());
        return out.toByteArray();
    }

    private static ByteBuffer fields(ByteBuffer out, Entry entry) {
        out.putShort((short) entry.flags).putShort((short) entry.method).putInt(0).putInt((int) entry.crc);
        return out.putInt((int) entry.stored).putInt((int) entry.length);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] data) {
        try (var deflater = new Deflater(9, true)) {
            deflater.setInput(data);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var piece = new byte[1 << 16];
            while (!deflater.finished()) out.write(piece, 0, deflater.deflate(piece));
            return out.toByteArray();
        }
    }

    private static long crc(byte[] data) {
        var crc = new CRC32();
        crc.update(data);
        return crc.getValue();
    }
}
