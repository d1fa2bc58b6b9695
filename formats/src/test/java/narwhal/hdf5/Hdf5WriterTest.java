package narwhal.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import narwhal.disk.Disk;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.python.Python;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Oracles: h5py, h5dump, jHDF, and our own reader, which is tested against h5py's files.
class Hdf5WriterTest {
    private static final float[] KERNEL = {1, -2.5f, 3e-5f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
    private static final int LAYERS = 5_000;

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("example.h5");
        Disk.real().replace(file, Hdf5Writer.content(example()));
    }

    private static List<String> names() {
        return IntStream.range(0, 2_000).mapToObj(i -> String.format("%070d", i)).toList();
    }

    static Draft example() {
        var root = new Draft();
        root.text("text", "Schwertwal 🐋").ascii("ascii", "größer").ascii("empty text", "");
        root.ascii("config", "x".repeat(300_000)).texts("nothing", List.of());
        root.texts("names", List.of("conv2d_1", "dense")).texts("umlauts", List.of("a", "größer"))
                .texts("long", names());
        root.floats("dense/dense/kernel:0", new int[]{2, 3}, KERNEL::clone);
        root.floats("scalar", new int[0], () -> new float[]{3e-5f}).integer("iterations", 1L << 40);
        root.floats("empty", new int[]{0, 3}, () -> new float[0]);
        root.floats("large", new int[]{70_001}, () -> ramp(70_001));
        for (int i = 0; i < LAYERS; i++) root.group("many").group("layer_" + i);
        for (int i = 0; i < 300; i++) root.group("noted").text("note_" + i, "value " + i);
        return root;
    }

    private static float[] ramp(int length) {
        var values = new float[length];
        for (int i = 0; i < length; i++) values[i] = i;
        return values;
    }

    @Test
    void ourReaderReadsIt() throws IOException {
        var root = Hdf5Reader.read(Bytes.of(Files.readAllBytes(file), "example"), Limits.standard());

        assertThat(root.text("text")).contains("Schwertwal 🐋");
        assertThat(root.text("ascii")).contains("größer");
        assertThat(root.text("empty text")).contains("");
        assertThat(root.text("config")).contains("x".repeat(300_000));
        assertThat(root.texts("nothing")).contains(List.of());
        assertThat(root.texts("names")).contains(List.of("conv2d_1", "dense"));
        assertThat(root.texts("umlauts")).contains(List.of("a", "größer"));
        assertThat(root.texts("long")).contains(names());
        assertThat(root.dataSet("dense/dense/kernel:0").orElseThrow().floats(2, 3)).containsExactly(KERNEL);
        assertThat(root.dataSet("scalar").orElseThrow().floats()).containsExactly(3e-5f);
        assertThat(root.dataSet("iterations").orElseThrow().number()).isEqualTo(0x1p40);
        assertThat(root.dataSet("empty").orElseThrow().floats(0, 3)).isEmpty();
        assertThat(root.dataSet("large").orElseThrow().floats(70_001)).containsExactly(ramp(70_001));
        assertThat(root.group("many").orElseThrow().children()).hasSize(LAYERS).containsKey("layer_4999");
        for (int i = 0; i < 300; i++)
            assertThat(root.group("noted").orElseThrow().text("note_" + i)).contains("value " + i);
    }

    @Test
    void theSameDraftGivesTheSameBytes() throws IOException {
        var again = folder.resolve("again.h5");
        Disk.real().replace(again, Hdf5Writer.content(example()));

        assertThat(again).hasSameBinaryContentAs(file);
    }

    /// The script reads everything, then changes the file in place, which shows that trees and headers are sound.
    @Test
    void h5pyReadsAndChangesIt() {
        assertThat(Python.run(Hdf5WriterTest.class, "read_example.py", file)).isEqualTo("as expected\n");
    }

    @Test
    void h5dumpReadsIt() {
        var h5dump = Path.of("/usr/bin/h5dump");
        if (!Files.isExecutable(h5dump))
            System.err.println("*** NOT TESTED WITH h5dump: install Debian's hdf5-tools ***");
        Assumptions.assumeTrue(Files.isExecutable(h5dump));

        assertThat(Python.run(List.of("h5dump", "-H", file.toString())))
                .contains("DATASET \"kernel:0\"", "GROUP \"layer_4999\"", "H5T_IEEE_F32LE", "( 2, 3 ) / ( 2, 3 )");
    }

    /// It takes "ASCII" at its word, so `größer` is not compared.
    @Test
    void jHdfReadsIt() {
        try (var hdf = new HdfFile(file)) {
            assertThat(hdf.getAttribute("text").getData()).isEqualTo("Schwertwal 🐋");
            assertThat((String) hdf.getAttribute("config").getData()).hasSize(300_000);
            assertThat((String[]) hdf.getAttribute("names").getData()).containsExactly("conv2d_1", "dense");
            var kernel = (float[][]) hdf.getDatasetByPath("/dense/dense/kernel:0").getData();
            assertThat(kernel[0]).containsExactly(KERNEL[0], KERNEL[1], KERNEL[2]);
            assertThat(kernel[1]).containsExactly(KERNEL[3], KERNEL[4], KERNEL[5]);
            assertThat(((io.jhdf.api.Group) hdf.getChild("many")).getChildren()).hasSize(LAYERS);
        }
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> new Draft().texts("names", List.of("x".repeat(64_513))))
                .hasMessage("a name of 64513 bytes");
        assertThatThrownBy(() -> new Draft().group("a//b")).hasMessage("'' is no name in HDF5");
        assertThatThrownBy(() -> new Draft().integer("a", 1).integer("a", 2)).hasMessage("a is there already");
        assertThatThrownBy(() -> new Draft().integer("a", 1).integer("a/b", 2))
                .hasMessage("a leads through a data set");
        assertThatThrownBy(() -> new Draft().text("a", "").text("a", "")).hasMessage("attribute a is there already");
    }
}
