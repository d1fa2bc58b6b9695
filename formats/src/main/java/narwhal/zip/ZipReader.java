package narwhal.zip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;

/// Lists an archive. All of it is checked before an entry is opened: the central directory and each entry's own header must
/// agree, no two names may be equal (also not but for case), no two entries may share a byte, and together they stay within
/// [Limits#bytes]. Names are never made into paths; those that would lead out of a folder are refused all the same.
public final class ZipReader {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int END_64_SIGNATURE = 0x06064b50;
    private static final int LOCATOR_64_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final long IN_EXTRA_FIELD = 0xffff_ffffL;
    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;
    /// Compressed entries may always grow to this; beyond it [Limits#ratio] counts.
    private static final long SMALL = 16 << 20;

    private final Bytes file;
    private final Limits limits;
    private final SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
    private final Map<String, String> folded = new HashMap<>();
    private final TreeMap<Long, Long> taken = new TreeMap<>();
    private long bytes;

    private ZipReader(Bytes file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /// Whether bytes begin like an archive.
    public static boolean matches(Bytes file) {
        return file.contains(0, 4) && file.read(0, 4).getInt() == LOCAL_SIGNATURE;
    }

    /// The entries of an archive by name, in its order.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED`, `MODEL_UNKNOWN_FORMAT`, `MODEL_REFUSED_LINK` or `MODEL_LIMIT`
    public static SequencedMap<String, ZipEntry> read(Bytes file, Limits limits) {
        var reader = new ZipReader(file, limits);
        reader.directory(reader.end());
        return reader.entries;
    }

    // ---- where the directory is ----

    private record Directory(long at, long length, long count) {}

    /// The record at the very end. Section 4.3.16.
    private Directory end() {
        int window = (int) Math.min(file.length(), END_BYTES + LONGEST_COMMENT);
        var tail = file.read(file.length() - window, window);
        for (int at = window - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) != END_SIGNATURE || END_BYTES + u16(tail, at + 20) != window - at) continue;
            long place = file.length() - window + at;
            if (u16(tail, at + 4) != 0 || u16(tail, at + 6) != 0 || u16(tail, at + 8) != u16(tail, at + 10))
                throw Problem.MODEL_REFUSED_LINK.because(file.place() + ": an archive of several volumes");
            var directory = new Directory(u32(tail, at + 16), u32(tail, at + 12), u16(tail, at + 10));
            reserve(place, window - at, "its end");
            return directory.at == IN_EXTRA_FIELD || directory.count == 0xffff ? end64(place) : directory;
        }
        throw Problem.MODEL_DAMAGED.because(file.place() + ": the archive has no end");
    }

    /// The same for archives beyond 4 GiB. Sections 4.3.14 and 4.3.15.
    private Directory end64(long end) {
        var locator = file.read(end - LOCATOR_64_BYTES, LOCATOR_64_BYTES);
        if (locator.getInt(0) != LOCATOR_64_SIGNATURE) throw damaged("the archive has no end for 64 bits");
        var in = file.read(locator.getLong(8), 56);
        if (in.getInt(0) != END_64_SIGNATURE) throw damaged("the archive has no end for 64 bits");
        return new Directory(in.getLong(48), in.getLong(40), in.getLong(32));
    }

    // ---- what is in it ----

    private void directory(Directory directory) {
        if (directory.count > limits.entries())
            throw limits.exceeded(file.place(), "entries", directory.count + " entries", limits.entries());
        reserve(directory.at, directory.length, "its directory");
        long most = (long) limits.entries() * (DIRECTORY_BYTES + 3 * 0xffff);
        if (directory.length > most) throw damaged("a directory of " + directory.length + " bytes");
        var in = file.read(directory.at, (int) directory.length);
        for (long i = 0; i < directory.count; i++) {
            if (in.remaining() < DIRECTORY_BYTES || in.getInt(in.position()) != DIRECTORY_SIGNATURE)
                throw damaged("its directory ends after " + i + " of " + directory.count + " entries");
            entry(in);
        }
        if (in.hasRemaining()) throw damaged(in.remaining() + " bytes behind its directory's last entry");
    }

    /// One entry of the directory. Section 4.3.12.
    private void entry(ByteBuffer in) {
        int at = in.position();
        int madeBy = in.get(at + 5);
        int flags = u16(in, at + 8);
        int method = u16(in, at + 10);
        long crc = u32(in, at + 16);
        int nameBytes = u16(in, at + 28);
        int extraBytes = u16(in, at + 30);
        int commentBytes = u16(in, at + 32);
        int mode = u16(in, at + 40);
        in.position(at + DIRECTORY_BYTES);
        if (in.remaining() < nameBytes + extraBytes + commentBytes) throw damaged("an entry of its directory is cut");
        var name = name(in.slice(in.position(), nameBytes));
        var sizes = new long[]{u32(in, at + 24), u32(in, at + 20), u32(in, at + 42)};
        extra(in.slice(in.position() + nameBytes, extraBytes).order(in.order()), sizes, name);
        in.position(in.position() + nameBytes + extraBytes + commentBytes);

        if ((flags & ENCRYPTED) != 0) throw unsupported(name, "encrypted");
        if (method != STORED && method != DEFLATED) throw unsupported(name, "compressed by method " + method);
        int kind = madeBy == UNIX ? mode & 0xf000 : 0;
        if (kind != 0 && kind != 0x8000 && kind != 0x4000)
            throw Problem.MODEL_REFUSED_LINK.because(place(name) + ": a link or device");
        long length = sizes[0];
        long stored = sizes[1];
        long data = local(sizes[2], name, new Local(flags, method, crc, stored, length));
        if (method == STORED && stored != length) throw damaged(name + " is stored with another length than its own");
        budget(name, method, stored, length);
        entries.put(name, new ZipEntry(name, file.slice(data, stored, place(name)), method == DEFLATED, length, crc));
    }

    private record Local(int flags, int method, long crc, long stored, long length) {}

    /// Checks that an entry's own header says what the directory says. Section 4.3.7.
    ///
    /// @return where its data begin
    private long local(long at, String name, Local expected) {
        var in = file.read(at, LOCAL_BYTES);
        int nameBytes = u16(in, 26);
        long data = at + LOCAL_BYTES + nameBytes + u16(in, 28);
        reserve(at, data - at + expected.stored, name);
        boolean agrees = in.getInt(0) == LOCAL_SIGNATURE && u16(in, 6) == expected.flags
                && u16(in, 8) == expected.method
                && name(file.read(at + LOCAL_BYTES, nameBytes), false).equals(name);
        if (agrees && (expected.flags & SIZES_FOLLOW) == 0) {
            agrees = u32(in, 14) == expected.crc && sameSize(u32(in, 18), expected.stored)
                    && sameSize(u32(in, 22), expected.length);
        }
        if (!agrees) throw damaged(name + "'s own header differs from the directory");
        return data;
    }

    private static boolean sameSize(long local, long directory) {
        return local == directory || local == IN_EXTRA_FIELD;
    }

    private void budget(String name, int method, long stored, long length) {
        bytes += length;
        if (bytes > limits.bytes())
            throw limits.exceeded(place(name), "bytes", "more than the archive may hold", limits.bytes());
        if (method == DEFLATED && length > SMALL && length / limits.ratio() > stored)
            throw limits.exceeded(place(name), "ratio", stored + " bytes inflate to " + length, limits.ratio());
        if (method == DEFLATED && length > Integer.MAX_VALUE - 16)
            throw unsupported(name, "compressed and larger than 2 GiB");
    }

    /// Sizes beyond 32 bits. Section 4.5.3.
    private void extra(ByteBuffer in, long[] sizes, String name) {
        while (in.remaining() >= 4) {
            int kind = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (length > in.remaining()) throw damaged(name + ": an extra field is cut");
            int end = in.position() + length;
            for (int i = 0; kind == 1 && i < sizes.length; i++) {
                if (sizes[i] != IN_EXTRA_FIELD) continue;
                if (end - in.position() < 8) throw damaged(name + ": a size is missing");
                sizes[i] = in.getLong();
                if (sizes[i] < 0) throw damaged(name + ": a size is negative");
            }
            in.position(end);
        }
    }

    private String name(ByteBuffer bytes) {
        var name = name(bytes, true);
        var before = folded.put(name.toLowerCase(Locale.ROOT), name);
        if (before != null) throw damaged("two entries " + before + " and " + name);
        return name;
    }

    private String name(ByteBuffer bytes, boolean checked) {
        try {
            var name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (checked && leadsAway(name))
                throw Problem.MODEL_REFUSED_LINK.because(file.place() + ": an entry named '" + name + "'");
            return name;
        } catch (CharacterCodingException e) {
            throw damaged("a name that is not UTF-8");
        }
    }

    private static boolean leadsAway(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0
                || name.indexOf(0) >= 0)
            return true;
        var folder = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        for (var part : folder.split("/", -1)) if (part.isEmpty() || part.equals(".") || part.equals("..")) return true;
        return false;
    }

    private void reserve(long at, long length, String what) {
        if (!file.contains(at, length)) throw damaged(what + " does not lie inside the file");
        var before = taken.lowerEntry(at + Math.max(1, length));
        if (before != null && before.getValue() > at) throw damaged(what + " lies over another part of the archive");
        taken.put(at, at + length);
    }

    private static int u16(ByteBuffer in, int at) {
        return in.getShort(at) & 0xffff;
    }

    private static long u32(ByteBuffer in, int at) {
        return in.getInt(at) & 0xffff_ffffL;
    }

    private String place(String name) {
        return file.place() + ": " + name;
    }

    private NarwhalException damaged(String what) {
        return Problem.MODEL_DAMAGED.because(file.place() + ": " + what);
    }

    private NarwhalException unsupported(String name, String what) {
        return Problem.MODEL_UNKNOWN_FORMAT.because(place(name) + ": " + what, "save the model again with Keras");
    }
}
