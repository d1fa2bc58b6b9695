package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import narwhal.errors.Problem;
import narwhal.json.Json;

/// Streams a [Container]: one pass over the arrays for the checksums the header needs, a second one to write them.
final class ContainerWriter implements Content {
    private final Container container;
    private final List<Long> checksums = new ArrayList<>();
    private final byte[] header;

    ContainerWriter(Container container) {
        this.container = container;
        for (var section : container.sections())
            checksums.add(checksum(section));
        this.header = header();
    }

    @Override
    public long length() {
        long sum = ContainerFormat.PRELUDE + header.length + ContainerFormat.FOOTER;
        for (var section : container.sections())
            sum += section.length();
        return sum;
    }

    @Override
    public void writeTo(Target out) throws IOException {
        var digest = ContainerFormat.sha256();
        Target hashed = bytes -> {
            digest.update(bytes.duplicate());
            out.write(bytes);
        };
        hashed.write(prelude());
        hashed.write(ByteBuffer.wrap(header));
        for (int i = 0; i < checksums.size(); i++)
            writeSection(container.sections().get(i), checksums.get(i), hashed);
        hashed.write(little(8).putLong(length()).flip());
        out.write(ByteBuffer.wrap(digest.digest()));
        out.write(ByteBuffer.wrap(ContainerFormat.END_MAGIC));
    }

    private ByteBuffer prelude() {
        return little(ContainerFormat.PRELUDE).put(ContainerFormat.MAGIC).putInt(ContainerFormat.VERSION)
                .putInt(header.length).putInt((int) checksum(header)).flip();
    }

    /// A section that changed since its checksum was taken would make a file that looks announced and is damaged.
    private static void writeSection(Section section, long expected, Target out) throws IOException {
        var crc = new CRC32C();
        SectionBytes.write(section, bytes -> {
            crc.update(bytes.duplicate());
            out.write(bytes);
        });
        if (crc.getValue() != expected)
            throw new IllegalStateException("section " + section.name() + " changed while it was being saved");
    }

    private static long checksum(Section section) {
        var crc = new CRC32C();
        try {
            SectionBytes.write(section, crc::update);
        } catch (IOException e) {
            throw new IllegalStateException("a checksum does no input or output", e);
        }
        return crc.getValue();
    }

    static long checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    private byte[] header() {
        var tree = Json.object().put("kind", container.kind()).put("build", container.build());
        var list = tree.putArray("sections");
        for (int i = 0; i < checksums.size(); i++) {
            var section = container.sections().get(i);
            var entry = list.addObject().put("name", section.name()).put("dtype", section.type().label());
            var shape = entry.putArray("shape");
            for (int extent : section.shape())
                shape.add(extent);
            entry.put("length", section.length()).put("crc32c", checksums.get(i));
        }
        tree.set("state", container.state());
        var bytes = Json.bytes(tree);
        Json.parse(bytes, Problem.INTERNAL, "the header of a checkpoint"); // what we cannot read we must not write
        return bytes;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
