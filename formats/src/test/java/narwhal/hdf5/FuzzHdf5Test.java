package narwhal.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.museum.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No crash, hang, flood of memory or undeclared exception, whatever lies in an HDF5 file.
class FuzzHdf5Test {
    private static Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        for (var name : List.of("earliest.h5", "latest.h5", "ordered.h5")) files.put(name, Fixtures.all().get(name));
        files.put("ours", Forge.small().toBytes());
        var named = new Draft();
        for (int i = 0; i < 40; i++) named.group("g" + i).text("name", "group " + i);
        files.put("many of ours", Forge.of(named).toBytes());
        return files;
    }

    private static void read(byte[] file) {
        numbers(Hdf5Reader.read(Bytes.of(file, "fuzzed.h5"), Limits.standard()));
    }

    /// Numbers are asked for in the shape the file declares: then they must be there.
    private static void numbers(Node node) {
        switch (node) {
            case Group group -> group.children().values().forEach(FuzzHdf5Test::numbers);
            case DataSet data when data.type().startsWith("float") ->
                data.floats(data.shape().stream().mapToInt(Math::toIntExact).toArray());
            case DataSet data when data.shape().isEmpty() && data.type().contains("int") -> data.number();
            case DataSet data -> {
            }
        }
    }

    @Test
    void spoiltFiles() {
        Fuzz.run(files(), 2_000, file -> file, FuzzHdf5Test::read);
    }

    @Test
    void spoiltFilesWithRightChecksums() {
        for (var name : List.of("latest.h5", "many-latest.h5", "large-attribute.h5")) {
            var file = Fixtures.all().get(name);
            var checked = checked(file);
            Fuzz.run(Map.of(name, file), 400, spoilt -> repaired(spoilt, checked), FuzzHdf5Test::read);
        }
    }

    @Test
    @Tag("slow")
    void manySpoiltFiles() {
        Fuzz.run(files(), 100_000, file -> file, FuzzHdf5Test::read);
        var file = Fixtures.all().get("latest.h5");
        var checked = checked(file);
        Fuzz.run(Map.of("latest.h5", file), 100_000, spoilt -> repaired(spoilt, checked), FuzzHdf5Test::read);
    }

    /// A stretch whose checksum follows it.
    private record Checked(int from, int to) {}

    private static List<Checked> checked(byte[] file) {
        var found = new ArrayList<Checked>();
        var text = new String(file, StandardCharsets.ISO_8859_1);
        var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        found.add(new Checked(0, 44));
        for (var signature : List.of("OHDR", "OCHK", "BTHD", "BTLF", "BTIN", "FRHP", "FHIB", "FHDB")) {
            for (int at = text.indexOf(signature); at >= 0; at = text.indexOf(signature, at + 4)) {
                for (int to = at + 8; to < Math.min(file.length - 4, at + 600); to++) {
                    if (Checksum.of(java.util.Arrays.copyOfRange(file, at, to)) == buffer.getInt(to)) {
                        found.add(new Checked(at, to));
                        break;
                    }
                }
            }
        }
        return found;
    }

    private static byte[] repaired(byte[] file, List<Checked> checked) {
        var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (var part : checked) {
            if (part.to + 4 <= file.length)
                buffer.putInt(part.to, Checksum.of(java.util.Arrays.copyOfRange(file, part.from, part.to)));
        }
        return file;
    }
}
