package narwhal.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static narwhal.errors.Problem.MODEL_DAMAGED;
import static narwhal.errors.Problem.MODEL_LIMIT;
import static narwhal.errors.Problem.MODEL_REFUSED_LINK;
import static narwhal.errors.Problem.MODEL_UNKNOWN_FORMAT;
import static narwhal.zip.ZipForge.deflated;
import static narwhal.zip.ZipForge.stored;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.museum.Museum;
import org.junit.jupiter.api.Test;

/// The ZIP room of the museum.
class EvilZipTest {
    private static final byte[] SMALL = "{\"a\": 1}".getBytes(UTF_8);

    private static void read(byte[] file) {
        ZipReader.read(Bytes.of(file, "evil.keras"), Limits.standard()).values().forEach(ZipEntry::open);
    }

    private static void refuses(String exhibit, Problem expected, byte[] file) {
        Museum.refuses(exhibit, expected, () -> read(file));
    }

    private static byte[] one(ZipForge.Entry entry) {
        return new ZipForge().add(entry).toBytes();
    }

    @Test
    void theForgerCanWriteSoundArchives() {
        read(new ZipForge().add(stored("a", SMALL)).add(deflated("b/c", SMALL)).add(stored("d/", new byte[0]))
                .toBytes());
    }

    @Test
    void refusesNamesThatLeadAway() {
        for (var name : List.of("/etc/passwd", "../x", "a/../../x", "a/..", "./x", "a//b", "C:x", "C:\\x", "a\\..\\b",
                "a\0b", "", "//x", ".."))
            refuses("'" + name + "'", MODEL_REFUSED_LINK, one(stored(name, SMALL)));
    }

    @Test
    void refusesNamesThatComeTwice() {
        refuses("twice", MODEL_DAMAGED,
                new ZipForge().add(stored("config.json", SMALL)).add(stored("config.json", SMALL)).toBytes());
        refuses("twice but for case", MODEL_DAMAGED,
                new ZipForge().add(stored("config.json", SMALL)).add(stored("CONFIG.json", SMALL)).toBytes());
        refuses("another name inside", MODEL_DAMAGED, one(stored("config.json", SMALL).localName("config.jsom")));
    }

    @Test
    void refusesLinksDevicesAndCiphers() {
        refuses("link", MODEL_REFUSED_LINK, one(stored("a", SMALL).mode(0_120_777)));
        refuses("pipe", MODEL_REFUSED_LINK, one(stored("a", SMALL).mode(0_010_644)));
        refuses("device", MODEL_REFUSED_LINK, one(stored("a", SMALL).mode(0_020_644)));
        refuses("encrypted", MODEL_UNKNOWN_FORMAT, one(stored("a", SMALL).flags(1)));
        refuses("strongly encrypted", MODEL_UNKNOWN_FORMAT, one(stored("a", SMALL).flags(1 << 6)));
        refuses("hidden header", MODEL_UNKNOWN_FORMAT, one(stored("a", SMALL).flags(1 << 13)));
        for (int method : new int[]{1, 9, 12, 14, 93, 95, 98, 99})
            refuses("method " + method, MODEL_UNKNOWN_FORMAT, one(stored("a", SMALL).method(method)));
    }

    @Test
    void refusesBombs() {
        var zeros = deflated("config.json", new byte[30_000_000]);
        refuses("bomb", MODEL_LIMIT, one(zeros));
        refuses("bomb that says it is small", MODEL_DAMAGED, one(zeros.length(1_000)));
        refuses("bomb of 4 GiB", MODEL_LIMIT, one(zeros.length(0xffff_fffeL)));
        refuses("promises more than it holds", MODEL_DAMAGED, one(deflated("a", SMALL).length(9)));
        refuses("promises less than it holds", MODEL_DAMAGED, one(deflated("a", SMALL).length(7)));
        refuses("stored, but longer", MODEL_DAMAGED, one(stored("a", SMALL).length(9)));
        refuses("noise for compressed data", MODEL_DAMAGED, one(deflated("a", SMALL).method(8).stored(3)));
        var bomb = new ZipForge();
        for (int i = 0; i < 40; i++) bomb.add(deflated("a" + i, new byte[16 << 20]).length(120_000_000));
        refuses("bomb in small parts", MODEL_LIMIT, bomb.toBytes());
    }

    @Test
    void refusesTooManyEntries() {
        var many = new ZipForge();
        for (int i = 0; i < 65; i++) many.add(stored("a" + i, SMALL));
        refuses("65 entries", MODEL_LIMIT, many.toBytes());
        var bytes = many.toBytes();
        refuses("says 64, has 65", MODEL_DAMAGED, changed(bytes, bytes.length - 14, 64, bytes.length - 12, 64));
        var more = new ZipForge();
        for (int i = 0; i < 60_000; i++) more.add(stored("a" + i, new byte[0]));
        refuses("60,000 entries", MODEL_LIMIT, more.toBytes());
    }

    @Test
    void refusesPartsThatLieOverEachOther() {
        refuses("two entries of the same bytes", MODEL_DAMAGED,
                new ZipForge().add(stored("a", SMALL)).add(stored("b", SMALL).localName("b").at(0)).toBytes());
        refuses("entry over the directory", MODEL_DAMAGED, one(stored("a", SMALL).stored(60).length(60)));
        refuses("entry behind the end", MODEL_DAMAGED, one(stored("a", SMALL).at(0x7fff_ffff)));
        refuses("entry longer than the file", MODEL_DAMAGED, one(stored("a", SMALL).stored(1 << 20).length(1 << 20)));
    }

    @Test
    void refusesDirectoriesThatAreNotWhereTheySay() {
        var sound = one(stored("a", SMALL));
        int end = sound.length - 22;
        UnaryOperator<byte[]> none = bytes -> Arrays.copyOf(bytes, end);
        refuses("no end", MODEL_DAMAGED, none.apply(sound));
        refuses("directory elsewhere", MODEL_DAMAGED, changed(sound, end + 16, 1));
        refuses("directory longer", MODEL_DAMAGED, changed(sound, end + 12, 200));
        refuses("directory shorter", MODEL_DAMAGED, changed(sound, end + 12, 40));
        refuses("two entries said, one there", MODEL_DAMAGED, changed(sound, end + 8, 2, end + 10, 2));
        refuses("several volumes", MODEL_REFUSED_LINK, changed(sound, end + 4, 1));
        refuses("64 bits without a place for them", MODEL_DAMAGED,
                changed(sound, end + 16, 0xff, end + 17, 0xff, end + 18, 0xff, end + 19, 0xff));
        refuses("checksum", MODEL_DAMAGED, one(stored("a", SMALL).crc(1)));
        refuses("nothing at all", MODEL_DAMAGED, new byte[0]);
        refuses("only an end", MODEL_DAMAGED, changed(Arrays.copyOfRange(sound, end, sound.length), 0, 'P'));
        for (int length = 0; length < sound.length; length++) {
            var cut = Arrays.copyOf(sound, length);
            refuses("cut after " + length, MODEL_DAMAGED, cut);
        }
    }

    private static byte[] changed(byte[] bytes, int... placesAndValues) {
        var changed = bytes.clone();
        for (int i = 0; i < placesAndValues.length; i += 2) changed[placesAndValues[i]] = (byte) placesAndValues[i + 1];
        return changed;
    }
}
