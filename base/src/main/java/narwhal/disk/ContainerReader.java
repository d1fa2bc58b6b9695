package narwhal.disk;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a [Container] that may be damaged in any way. In this order: length, magic, version, checksums, meaning. Nothing
/// is allocated before its size is known to lie inside the file.
final class ContainerReader {
    private final Path file;

    ContainerReader(Path file) {
        this.file = file;
    }

    Container read() {
        return guarded(() -> {
            var header = checked();
            return new Container(header.kind, header.build, header.state, sections(header));
        });
    }

    ObjectNode verify() {
        return guarded(() -> checked().state);
    }

    /// What the header says, with the sections' places and checksums.
    private record Header(String kind, String build, ObjectNode state, List<Entry> entries, int length) {}

    private record Entry(String name, SectionType type, int[] shape, int size, long checksum) {
        long length() {
            return (long) size * type.bytes();
        }
    }

    private record Prelude(int version, int headerLength, int headerChecksum) {}

    // ---- the bytes ----

    /// Walks the whole file once: frame, version, both checksums; then reads the header.
    private Header checked() throws IOException {
        if (!Files.exists(file)) throw new NoSuchFileException(file.toString());
        if (!Files.isRegularFile(file)) throw damaged("not a regular file");
        long size = Files.size(file);
        long shortest = ContainerFormat.PRELUDE + ContainerFormat.FOOTER;
        if (size < shortest) throw damaged("has " + size + " bytes, the shortest checkpoint has " + shortest);
        var digest = ContainerFormat.sha256();
        try (var in = open()) {
            var prelude = prelude(hashed(in, ContainerFormat.PRELUDE, digest), size);
            if (prelude.version > ContainerFormat.VERSION) throw newer(prelude.version, in, size, digest);
            var header = hashed(in, prelude.headerLength, digest);
            hash(in, size - ContainerFormat.PRELUDE - header.length - ContainerFormat.FOOTER, digest);
            footer(in, size, digest);
            if ((int) ContainerWriter.checksum(header) != prelude.headerChecksum)
                throw damaged("the header's checksum does not match");
            return header(header, size);
        }
    }

    private Prelude prelude(byte[] bytes, long size) {
        if (!Container.matches(ByteBuffer.wrap(bytes)))
            throw damaged("does not begin like a checkpoint");
        var numbers = little(bytes).position(8);
        int version = numbers.getInt();
        if (version < 1) throw damaged("format version " + version + " at byte 8 does not exist");
        int length = numbers.getInt();
        long room = Math.min(size - ContainerFormat.PRELUDE - ContainerFormat.FOOTER, ContainerFormat.LONGEST_HEADER);
        if (version == ContainerFormat.VERSION && (length < 0 || length > room))
            throw damaged("a header of " + length + " bytes does not fit in " + room);
        return new Prelude(version, length, numbers.getInt());
    }

    /// Magic, version and the footer are the same in all versions: so a flipped bit in the version is known as damage.
    private NarwhalException newer(int version, InputStream in, long size, MessageDigest digest) throws IOException {
        hash(in, size - ContainerFormat.PRELUDE - ContainerFormat.FOOTER, digest);
        footer(in, size, digest);
        return Problem.CKPT_NEWER_VERSION.because(file + ": has format version " + version
                + ", this Narwhal reads up to " + ContainerFormat.VERSION);
    }

    private void footer(InputStream in, long size, MessageDigest digest) throws IOException {
        long length = little(hashed(in, 8, digest)).getLong();
        var rest = exactly(in, ContainerFormat.FOOTER - 8);
        if (!Arrays.equals(rest, ContainerFormat.DIGEST, rest.length, ContainerFormat.END_MAGIC, 0, 8))
            throw damaged("does not end like a checkpoint");
        if (length != size) throw damaged("has " + size + " bytes, was written with " + length);
        if (!MessageDigest.isEqual(digest.digest(), Arrays.copyOf(rest, ContainerFormat.DIGEST)))
            throw damaged("its SHA-256 does not match");
    }

    private byte[] hashed(InputStream in, int length, MessageDigest digest) throws IOException {
        var bytes = exactly(in, length);
        digest.update(bytes);
        return bytes;
    }

    private void hash(InputStream in, long length, MessageDigest digest) throws IOException {
        var piece = new byte[1 << 16];
        for (long left = length; left > 0;) {
            int n = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (n < 0) throw new EOFException("the file became shorter while it was read");
            digest.update(piece, 0, n);
            left -= n;
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("the file became shorter while it was read");
        return bytes;
    }

    // ---- the meaning ----

    private Header header(byte[] bytes, long size) {
        var tree = Json.parseObject(bytes, Problem.CKPT_DAMAGED, file + ": header");
        var entries = new ArrayList<Entry>();
        var names = new HashSet<String>();
        long end = ContainerFormat.PRELUDE + (long) bytes.length;
        for (var node : array(tree, "sections")) {
            var entry = entry(node);
            if (!names.add(entry.name)) throw damaged("two sections are called " + entry.name);
            if (names.size() > ContainerFormat.MOST_SECTIONS)
                throw damaged("more than " + ContainerFormat.MOST_SECTIONS + " sections");
            entries.add(entry);
            end = Math.addExact(end, entry.length());
        }
        if (end + ContainerFormat.FOOTER != size)
            throw damaged("its sections end at byte " + end + ", the file at " + size);
        if (!(tree.get("state") instanceof ObjectNode state)) throw damaged("the header has no state");
        return new Header(text(tree, "kind"), text(tree, "build"), state, entries, bytes.length);
    }

    private Entry entry(JsonNode node) {
        var name = text(node, "name");
        if (name.isEmpty() || name.length() > Section.LONGEST_NAME)
            throw damaged("a section's name has " + name.length() + " characters");
        var type = type(text(node, "dtype"), name);
        var shape = shape(node, name);
        long count = 1;
        for (int extent : shape)
            count = Math.multiplyExact(count, extent);
        long length = whole(node, "length", Long.MAX_VALUE);
        if (count > Integer.MAX_VALUE - 8 || Math.multiplyExact(count, type.bytes()) != length)
            throw damaged("section " + name + ": " + length + " bytes do not hold " + type.label()
                    + Arrays.toString(shape));
        return new Entry(name, type, shape, (int) count, whole(node, "crc32c", 0xffff_ffffL));
    }

    private SectionType type(String label, String name) {
        for (var type : SectionType.values())
            if (type.label().equals(label)) return type;
        throw damaged("section " + name + " has the unknown type " + label);
    }

    private int[] shape(JsonNode node, String name) {
        var extents = array(node, "shape");
        if (extents.size() > 32) throw damaged("section " + name + " has " + extents.size() + " dimensions");
        var shape = new int[extents.size()];
        for (int i = 0; i < shape.length; i++)
            shape[i] = (int) whole(extents.get(i), name + "'s shape", 0, Integer.MAX_VALUE);
        return shape;
    }

    private List<Section> sections(Header header) throws IOException {
        var sections = new ArrayList<Section>();
        try (var in = open()) {
            in.skipNBytes(ContainerFormat.PRELUDE + (long) header.length);
            for (var entry : header.entries)
                sections.add(section(entry, in));
        }
        return sections;
    }

    private Section section(Entry entry, InputStream in) throws IOException {
        var section = SectionBytes.allocate(entry.name, entry.type, entry.size, entry.shape);
        var checked = new CheckedInputStream(in, new CRC32C());
        SectionBytes.read(section, checked);
        if (checked.getChecksum().getValue() != entry.checksum)
            throw damaged("the checksum of section " + entry.name + " does not match");
        return section;
    }

    // ---- small things ----

    private JsonNode array(JsonNode node, String key) {
        var value = node.get(key);
        if (value == null || !value.isArray()) throw damaged("the header has no list " + key);
        return value;
    }

    private String text(JsonNode node, String key) {
        var value = node.get(key);
        if (value == null || !value.isString()) throw damaged("the header has no text " + key);
        return value.stringValue();
    }

    private long whole(JsonNode node, String key, long largest) {
        var value = node.get(key);
        if (value == null) throw damaged("the header has no number " + key);
        return whole(value, key, 0, largest);
    }

    private long whole(JsonNode value, String what, long smallest, long largest) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < smallest
                || value.longValue() > largest)
            throw damaged("the header's " + what + " is " + value + ", expected " + smallest + " to " + largest);
        return value.longValue();
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private NarwhalException damaged(String what) {
        return Problem.CKPT_DAMAGED.because(file + ": " + what);
    }

    private <T> T guarded(Reading<T> reading) {
        try {
            return reading.run();
        } catch (NoSuchFileException e) {
            throw Problem.CKPT_NONE_VALID.because(file + ": no such file", e);
        } catch (IOException e) {
            throw Problem.CKPT_DAMAGED.because(file + ": cannot be read: " + DiskProblems.reason(e), e);
        } catch (ArithmeticException e) {
            throw Problem.CKPT_DAMAGED.because(file + ": sizes in the header overflow", e);
        }
    }

    private interface Reading<T> {
        T run() throws IOException;
    }
}
