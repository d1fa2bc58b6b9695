package narwhal.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.museum.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No crash, hang, flood of memory or undeclared exception, whatever lies in an archive.
class FuzzZipTest {
    private static Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        var text = "{\"class_name\": \"Sequential\"}".repeat(20).getBytes(UTF_8);
        files.put("stored", new ZipForge().add(ZipForge.stored("metadata.json", "{}".getBytes(UTF_8)))
                .add(ZipForge.stored("config.json", text)).toBytes());
        files.put("deflated", new ZipForge().add(ZipForge.deflated("config.json", text))
                .add(ZipForge.deflated("assets/", new byte[0])).toBytes());
        return files;
    }

    private static void read(byte[] file) {
        ZipReader.read(Bytes.of(file, "fuzzed.keras"), Limits.standard()).values().forEach(ZipEntry::open);
    }

    @Test
    void spoiltFiles() {
        Fuzz.run(files(), 2_000, file -> file, FuzzZipTest::read);
    }

    @Test
    @Tag("slow")
    void manySpoiltFiles() {
        Fuzz.run(files(), 100_000, file -> file, FuzzZipTest::read);
    }
}
