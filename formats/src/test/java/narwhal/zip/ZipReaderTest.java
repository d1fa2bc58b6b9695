package narwhal.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import narwhal.disk.Content;
import narwhal.disk.Disk;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.guarded.UntrustedFile;
import narwhal.python.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Oracles: the JDK's and Python's ZIP, which write what we read and read what we write.
class ZipReaderTest {
    private static final byte[] TEXT = "Schwertwal ".repeat(10_000).getBytes(UTF_8);

    @TempDir
    Path folder;

    private static byte[] read(ZipEntry entry) {
        var bytes = entry.open();
        return bytes.read(0, (int) bytes.length()).array();
    }

    @Test
    void readsWhatTheJdkWrites() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) { // sizes follow the data: flag 3
            zip.putNextEntry(new java.util.zip.ZipEntry("config.json"));
            zip.write(TEXT);
            zip.putNextEntry(new java.util.zip.ZipEntry("assets/"));
            zip.putNextEntry(new java.util.zip.ZipEntry("assets/größe"));
        }
        var entries = ZipReader.read(Bytes.of(out.toByteArray(), "zip"), Limits.standard());

        assertThat(entries).containsOnlyKeys("config.json", "assets/", "assets/größe");
        assertThat(read(entries.get("config.json"))).isEqualTo(TEXT);
        assertThat(read(entries.get("assets/größe"))).isEmpty();
    }

    @Test
    void readsWhatPythonWrites() {
        var file = folder.resolve("python.zip");
        Python.run(ZipReaderTest.class, "zips.py", "write", file);
        try (var open = UntrustedFile.open(file, Limits.standard())) {
            var entries = ZipReader.read(open.bytes(), Limits.standard());

            assertThat(entries).containsOnlyKeys("stored", "deflated", "large by field", "größe", "empty");
            for (var name : List.of("stored", "deflated", "large by field", "größe"))
                assertThat(read(entries.get(name))).as(name).isEqualTo(TEXT);
            assertThat(read(entries.get("empty"))).isEmpty();
        }
    }

    private Path written() {
        var entries = new LinkedHashMap<String, Content>();
        entries.put("metadata.json", Content.of("{}".getBytes(UTF_8)));
        entries.put("größe", Content.of(TEXT));
        entries.put("empty", Content.of(new byte[0]));
        var file = folder.resolve("ours.zip");
        Disk.real().replace(file, ZipWriter.content(entries));
        return file;
    }

    @Test
    void theJdkReadsWhatWeWrite() throws IOException {
        try (var zip = new ZipFile(written().toFile())) {
            assertThat(zip.stream().map(java.util.zip.ZipEntry::getName)).containsExactly("metadata.json", "größe",
                    "empty");
            assertThat(zip.getInputStream(zip.getEntry("größe")).readAllBytes()).isEqualTo(TEXT);
        }
    }

    @Test
    void pythonReadsWhatWeWrite() {
        assertThat(Python.run(ZipReaderTest.class, "zips.py", "read", written())).isEqualTo("as expected\n");
    }

    @Test
    void weReadWhatWeWrite() throws IOException {
        var entries = ZipReader.read(Bytes.of(Files.readAllBytes(written()), "zip"), Limits.standard());

        assertThat(entries.sequencedKeySet()).containsExactly("metadata.json", "größe", "empty");
        assertThat(read(entries.get("größe"))).isEqualTo(TEXT);
    }
}
