package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.ckpt");
    }

    static Container example() {
        var random = new Random(7);
        var weights = new float[40_000];
        for (int i = 0; i < weights.length; i++)
            weights[i] = random.nextFloat() - 0.5f;
        var bytes = new byte[70_001];
        random.nextBytes(bytes);
        var state = Json.object().put("step", 12).put("rate", 3e-5).put("name", "Schwertwal 🐋");
        return new Container("checkpoint", "test", state,
                List.of(Section.float32("conv2d/kernel", weights, 4, 100, 100),
                        Section.float32("strange", new float[]{Float.NaN, -0f, Float.NEGATIVE_INFINITY}, 3),
                        Section.int32("ints", new int[]{Integer.MIN_VALUE, 7}, 2, 1),
                        Section.int64("scalar", new long[]{-5}), Section.float32("empty", new float[0], 0, 3),
                        Section.uint8("pixels", bytes, bytes.length)));
    }

    @Test
    void comesBackAsItWas() {
        var before = example();
        before.save(Disk.real(), file);

        var after = Container.read(file);

        assertThat(after.kind()).isEqualTo("checkpoint");
        assertThat(after.build()).isEqualTo("test");
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.sections()).hasSameSizeAs(before.sections());
        for (var section : before.sections()) {
            var same = after.section(section.name());
            assertThat(same.shape()).isEqualTo(section.shape());
            assertThat(bytes(same)).isEqualTo(bytes(section));
        }
        assertThat(Container.verify(file)).isEqualTo(before.state());
    }

    private static byte[] bytes(Section section) {
        var all = new java.io.ByteArrayOutputStream();
        try {
            SectionBytes.write(section, piece -> {
                while (piece.hasRemaining())
                    all.write(piece.get());
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all.toByteArray();
    }

    /// Reliability A7: 2,000 flipped bits, 200 cuts, 200 zeroed pages; and every bit of the frame.
    @Test
    void everyDamageIsNoticed() throws IOException {
        example().save(Disk.real(), file);
        var whole = Files.readAllBytes(file);
        var random = new Random(1);
        var frame = new ArrayList<Integer>();
        for (int bit = 0; bit < 8 * 20; bit++)
            frame.add(bit);
        for (int bit = 8 * (whole.length - 48); bit < 8 * whole.length; bit++)
            frame.add(bit);
        for (int i = 0; i < 2_000; i++)
            frame.add(random.nextInt(8 * whole.length));
        for (int bit : frame) {
            var damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refused(damaged, "bit " + bit);
        }
        for (int i = 0; i < 200; i++) {
            int length = random.nextInt(whole.length);
            refused(Arrays.copyOf(whole, length), "cut at " + length);
        }
        for (int i = 0; i < 200; i++) {
            int page = random.nextInt(whole.length - 512);
            var damaged = whole.clone();
            Arrays.fill(damaged, page, page + 512, (byte) 0);
            refused(damaged, "zeros at " + page);
        }
        refused(Arrays.copyOf(whole, whole.length + 1), "a byte too many");
    }

    private void refused(byte[] bytes, String what) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> Container.read(file)).as(what).isInstanceOfSatisfying(NarwhalException.class,
                e -> assertThat(e.problem()).isEqualTo(Problem.CKPT_DAMAGED));
    }

    /// The negative control: it is the checksums that notice a changed number.
    @Test
    void damageWithRepairedChecksumsIsAccepted() throws IOException {
        Files.write(file, forged(ContainerFormat.VERSION, header("[2]", 8), new byte[8]));

        assertThat(Container.read(file).section("a").floats()).containsExactly(0, 0);
    }

    @Test
    void aNewerVersionIsRefusedByName() throws IOException {
        Files.write(file, forged(7, header("[2]", 8), new byte[8]));

        assertThatThrownBy(() -> Container.read(file)).hasMessageContaining("E-CKPT-NEWER-VERSION")
                .hasMessageContaining("version 7").hasMessageEndingWith("update Narwhal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[3]", "[-2]", "[2.0]", "[\"2\"]", "[2,4294967297]", "[65536,65536,65536,65536]",
        "[4611686018427387904]", "[9223372036854775807,2]", "[1e1]", "2", "null", "[null]", "[1099511627776]"})
    void hostileShapesAreRefused(String shape) throws IOException {
        refused(forged(1, header(shape, 8), new byte[8]), shape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"kind\":1}", "not json",
        "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[],\"state\":[]}",
        "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[]}",
        "{\"kind\":\"a\",\"kind\":\"a\",\"build\":\"b\",\"sections\":[],\"state\":{}}",
        "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[],\"state\":{}} {}",
        "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[{}],\"state\":{}}",
        "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[7],\"state\":{}}"})
    void hostileHeadersAreRefused(String header) throws IOException {
        refused(forged(1, header, new byte[0]), header);
    }

    @Test
    void sectionsMustFillTheFileExactly() throws IOException {
        refused(forged(1, header("[2]", 8), new byte[12]), "a hole");
        refused(forged(1, header("[2]", 8), new byte[4]), "an overlap with the footer");
        refused(forged(1, header("[2]", 12), new byte[12]), "length against shape");
        var one = "{\"name\":\"a\",\"dtype\":\"float32\",\"shape\":[],\"length\":4,\"crc32c\":1208902580}";
        refused(forged(1, "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[" + one + "," + one + "],\"state\":{}}",
                new byte[8]), "the same name twice");
        refused(forged(1, header("[2]", 8).replace("float32", "object"), new byte[8]), "unknown type");
    }

    @Test
    void aDeepHeaderIsRefused() throws IOException {
        var deep = "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[],\"state\":{\"x\":" + "[".repeat(300)
                + "]".repeat(300) + "}}";
        refused(forged(1, deep, new byte[0]), "300 levels");
    }

    @Test
    void aSectionThatChangesWhileItIsSavedIsNotSaved() {
        var weights = new float[100];
        var content = new Container("c", "b", Json.object(), List.of(Section.float32("w", weights, 100))).content();
        weights[50] = 1;

        assertThatThrownBy(() -> Disk.real().replace(file, content)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changed while");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderOrNothingIsOneClearLine() {
        assertThatThrownBy(() -> Container.read(folder)).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> Container.read(file)).hasMessageStartingWith("E-CKPT-NONE-VALID");
    }

    @Test
    void wrongSectionsCannotBeMade() {
        assertThatThrownBy(() -> Section.float32("w", new float[3], 2)).hasMessageContaining("does not hold 3");
        assertThatThrownBy(() -> Section.float32("", new float[1])).hasMessageContaining("1 to 256");
        assertThatThrownBy(() -> new Container("c", "b", Json.object(),
                List.of(Section.float32("w", new float[1]), Section.float32("w", new float[1]))))
                .hasMessageContaining("two sections");
    }

    private static String header(String shape, int length) {
        var crc = new CRC32C();
        crc.update(new byte[length]);
        return "{\"kind\":\"a\",\"build\":\"b\",\"sections\":[{\"name\":\"a\",\"dtype\":\"float32\",\"shape\":" + shape
                + ",\"length\":" + length + ",\"crc32c\":" + crc.getValue() + "}],\"state\":{}}";
    }

    /// A container with all checksums right, whatever its header says.
    private static byte[] forged(int version, String header, byte[] body) {
        var text = header.getBytes(StandardCharsets.UTF_8);
        int size = 20 + text.length + body.length + 48;
        var file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(ContainerFormat.MAGIC).putInt(version)
                .putInt(text.length).putInt((int) ContainerWriter.checksum(text)).put(text).put(body).putLong(size);
        var digest = ContainerFormat.sha256();
        digest.update(file.array(), 0, file.position());
        return file.put(digest.digest()).put(ContainerFormat.END_MAGIC).array();
    }
}
