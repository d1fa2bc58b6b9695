package narwhal.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.museum.Fuzz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No crash, hang, flood of memory or undeclared exception, whatever lies in a model file: its bytes, or the words of its
/// configuration in an archive whose checksums are right.
class FuzzKerasTest {
    private static final KerasModel LINE = Evil.line();
    private static final KerasModel GRAPH = Evil.graph();

    private static void read(byte[] file) {
        KerasFiles.read(Bytes.of(file, "fuzzed"), Evil.ENGINE, Limits.standard());
    }

    private static Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        for (var model : Map.of("line", LINE, "graph", GRAPH).entrySet()) {
            for (var format : new KerasFormat[]{KerasFormat.KERAS, KerasFormat.H5})
                files.put(model.getKey() + " as " + format, Evil.bytes(KerasFiles.content(model.getValue(), format)));
        }
        return files;
    }

    private static Map<String, byte[]> configs() {
        var configs = new LinkedHashMap<String, byte[]>();
        configs.put("line", Evil.config(LINE).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        configs.put("graph", Evil.config(GRAPH).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return configs;
    }

    private static void readConfig(byte[] config) {
        boolean line = new String(config, java.nio.charset.StandardCharsets.ISO_8859_1).contains("dense");
        read(Evil.archive(config,
                Evil.bytes(narwhal.hdf5.Hdf5Writer.content(Evil.weights(line ? LINE : GRAPH)))));
    }

    @Test
    void spoiltFiles() {
        Fuzz.run(files(), 1_200, file -> file, FuzzKerasTest::read);
    }

    private static Map<String, byte[]> architectures() {
        return Map.of("line", Evil.bytes(KerasFiles.content(LINE, KerasFormat.JSON)), "graph",
                Evil.bytes(KerasFiles.content(GRAPH, KerasFormat.JSON)));
    }

    private static void readArchitecture(byte[] file) {
        KerasFiles.architecture(Bytes.of(file, "fuzzed.json"), Limits.standard());
    }

    @Test
    void spoiltArchitectures() {
        Fuzz.run(architectures(), 1_000, file -> file, FuzzKerasTest::readArchitecture);
    }

    @Test
    void spoiltConfigurations() {
        Fuzz.run(configs(), 600, Words::spoil, FuzzKerasTest::readConfig);
    }

    @Test
    @Tag("slow")
    void manySpoiltFiles() {
        Fuzz.run(files(), 100_000, file -> file, FuzzKerasTest::read);
        Fuzz.run(architectures(), 100_000, file -> file, FuzzKerasTest::readArchitecture);
        Fuzz.run(configs(), 100_000, Words::spoil, FuzzKerasTest::readConfig);
    }
}
