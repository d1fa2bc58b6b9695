package narwhal.hdf5;

import static narwhal.errors.Problem.MODEL_DAMAGED;
import static narwhal.errors.Problem.MODEL_LIMIT;
import static narwhal.errors.Problem.MODEL_REFUSED_LINK;
import static narwhal.errors.Problem.MODEL_UNKNOWN_FORMAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.museum.Museum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The HDF5 room of the museum: files that h5py was asked to write (`make_hostile.py`), and forgeries of single bytes.
class EvilHdf5Test {
    private static void read(byte[] file) {
        Hdf5Reader.read(Bytes.of(file, "evil.h5"), Limits.standard());
    }

    // ---- legal, and refused ----

    static Stream<Arguments> legal() {
        return Stream.of("earliest", "latest")
                .flatMap(version -> Stream.of(Arguments.of("soft_link-" + version, MODEL_REFUSED_LINK),
                        Arguments.of("external_link-" + version, MODEL_REFUSED_LINK),
                        Arguments.of("external_storage-" + version, MODEL_REFUSED_LINK),
                        Arguments.of("virtual-" + version, MODEL_REFUSED_LINK),
                        Arguments.of("gzip-" + version, MODEL_UNKNOWN_FORMAT),
                        Arguments.of("chunked-" + version, MODEL_UNKNOWN_FORMAT),
                        Arguments.of("never_written-" + version, MODEL_DAMAGED),
                        Arguments.of("cycle-" + version, MODEL_DAMAGED),
                        Arguments.of("cycle_to_root-" + version, MODEL_DAMAGED),
                        Arguments.of("two_names-" + version, MODEL_DAMAGED),
                        Arguments.of("deep-" + version, MODEL_LIMIT),
                        Arguments.of("named_type-" + version, MODEL_DAMAGED)));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void refusesWhatNoModelFileIs(String name, Problem expected) {
        var file = Fixtures.in("hostile.zip").get(name + ".h5");

        Museum.refuses(name, expected, () -> read(file));
    }

    @Test
    void refusesAFileBehindAUserBlock() {
        Museum.refuses("user block", MODEL_UNKNOWN_FORMAT, () -> read(Fixtures.in("hostile.zip").get("user_block.h5")));
    }

    /// Types that no weight has do no harm as long as nobody asks for the numbers.
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"compound-earliest", "compound-latest",
        "references-earliest", "references-latest"})
    void readsPastStrangeTypes(String name) {
        read(Fixtures.in("hostile.zip").get(name + ".h5"));
    }

    // ---- forged ----

    private record Forgery(String name, Problem expected, Consumer<Forge> change) {}

    private static final int GROUP_SYMBOL = 0; // the leaf of g, with k in it, is written first
    private static final int ROOT_SYMBOL = 1;
    private static final int LAYOUT_BYTES = 24;
    private static final int LIST_OF_NAMES = 56;

    private static List<Forgery> forgeries() {
        return List.of(
                new Forgery("no signature", MODEL_UNKNOWN_FORMAT, f -> f.put8(1, 'X')),
                new Forgery("superblock 9", MODEL_UNKNOWN_FORMAT, f -> f.put8(8, 9)),
                new Forgery("addresses of 4 bytes", MODEL_UNKNOWN_FORMAT, f -> f.put8(13, 4)),
                new Forgery("nodes without children", MODEL_DAMAGED, f -> f.put16(16, 0)),
                new Forgery("largest nodes", MODEL_DAMAGED, f -> f.put16(16, 0xffff).put16(18, 0xffff)),
                new Forgery("begins elsewhere", MODEL_UNKNOWN_FORMAT, f -> f.put64(24, 96)),
                new Forgery("ends behind its end", MODEL_DAMAGED, f -> f.put64(40, f.length() + 1)),
                new Forgery("ends at 2⁶³", MODEL_DAMAGED, f -> f.put64(40, Long.MIN_VALUE)),
                new Forgery("several files", MODEL_REFUSED_LINK, f -> f.put64(48, 96)),
                new Forgery("root nowhere", MODEL_DAMAGED, f -> f.put64(64, -1)),
                new Forgery("root behind the end", MODEL_DAMAGED, f -> f.put64(64, f.length())),
                new Forgery("root at 2⁶³ − 1", MODEL_DAMAGED, f -> f.put64(64, Long.MAX_VALUE)),
                new Forgery("root is the superblock", MODEL_DAMAGED, f -> f.put64(64, 0)),

                new Forgery("tree that is its own child", MODEL_DAMAGED,
                        f -> f.put64(f.find("TREE", 1) + 32, f.find("TREE", 1)).put8(f.find("TREE", 1) + 5, 1)),
                new Forgery("leaf taken twice", MODEL_DAMAGED,
                        f -> f.put16(f.find("TREE", 1) + 6, 2)
                                .put64(f.find("TREE", 1) + 48, f.get64(f.find("TREE", 1) + 32))),
                new Forgery("tree with too many children", MODEL_DAMAGED, f -> f.put16(f.find("TREE", 1) + 6, 33)),
                new Forgery("tree of another kind", MODEL_DAMAGED, f -> f.put8(f.find("TREE", 1) + 4, 1)),
                new Forgery("tree of 255 levels", MODEL_DAMAGED, f -> f.put8(f.find("TREE", 1) + 5, 255)),
                new Forgery("child nowhere", MODEL_DAMAGED, f -> f.put64(f.find("TREE", 1) + 32, -1)),
                new Forgery("child at −2", MODEL_DAMAGED, f -> f.put64(f.find("TREE", 1) + 32, -2)),
                new Forgery("too many symbols", MODEL_DAMAGED, f -> f.put16(f.find("SNOD", ROOT_SYMBOL) + 6, 9)),
                new Forgery("soft link", MODEL_REFUSED_LINK, f -> f.put32(f.find("SNOD", ROOT_SYMBOL) + 8 + 16, 2)),
                new Forgery("group that holds itself", MODEL_DAMAGED,
                        f -> f.put64(f.find("SNOD", GROUP_SYMBOL) + 16, f.get64(f.find("SNOD", ROOT_SYMBOL) + 16))),
                new Forgery("name outside the heap", MODEL_DAMAGED,
                        f -> f.put64(f.find("SNOD", ROOT_SYMBOL) + 8, 1 << 20)),
                new Forgery("heap of names without end", MODEL_DAMAGED,
                        f -> f.put64(f.find("HEAP", 1) + 8, Long.MAX_VALUE)),
                new Forgery("heap of names is the superblock", MODEL_DAMAGED, f -> f.put64(f.find("HEAP", 1) + 24, 0)),
                new Forgery("name that is no UTF-8", MODEL_DAMAGED, f -> f.put8(f.find("HEAP", 1) + 32 + 8, 0xff)),

                new Forgery("header goes on in itself", MODEL_DAMAGED, f -> {
                    int at = f.message(Message.ATTRIBUTE, LIST_OF_NAMES, 0) - 8;
                    f.put16(at, Message.CONTINUATION).put64(at + 8, at).put64(at + 16, 56);
                }),
                new Forgery("header goes on nowhere", MODEL_DAMAGED, f -> {
                    int at = f.message(Message.ATTRIBUTE, LIST_OF_NAMES, 0) - 8;
                    f.put16(at, Message.CONTINUATION).put64(at + 8, -1);
                }),
                new Forgery("header longer than the file", MODEL_DAMAGED, f -> f.put32((int) f.get64(64) + 8, 1 << 30)),
                new Forgery("message longer than its header", MODEL_DAMAGED,
                        f -> f.put16((int) f.get64(64) + 18, 0xfff8)),
                new Forgery("shared message", MODEL_UNKNOWN_FORMAT,
                        f -> f.put8(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) - 4, 2)),
                new Forgery("filter", MODEL_UNKNOWN_FORMAT, f -> f.put16(f.message(0x05, 8, 0) - 8, Message.FILTERS)),
                new Forgery("external files", MODEL_REFUSED_LINK,
                        f -> f.put16(f.message(0x05, 8, 0) - 8, Message.EXTERNAL_FILES)),
                new Forgery("data set without shape", MODEL_DAMAGED,
                        f -> f.put16(f.message(Message.DATASPACE, 40, 0) - 8, 0)),
                new Forgery("two shapes", MODEL_DAMAGED, f -> f.put16(f.message(0x05, 8, 0) - 8, Message.DATASPACE)),

                new Forgery("shape larger than stored", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.DATASPACE, 40, 0) + 8, 1 << 20)),
                new Forgery("shape that overflows", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.DATASPACE, 40, 0) + 8, 1L << 62)),
                new Forgery("shape that overflows to the stored size", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.DATASPACE, 40, 0) + 8, (1L << 62) + 2)),
                new Forgery("axis of 2³³ beside one of 0", MODEL_DAMAGED, f -> nothing(f, 1L << 33)),
                new Forgery("axis of −1 beside one of 0", MODEL_DAMAGED, f -> nothing(f, -1)),
                new Forgery("negative shape", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.DATASPACE, 40, 0) + 8, -2)),
                new Forgery("255 axes", MODEL_DAMAGED, f -> f.put8(f.message(Message.DATASPACE, 40, 0) + 1, 255)),
                new Forgery("type of 4 GiB", MODEL_DAMAGED,
                        f -> f.put32(f.message(Message.DATATYPE, 24, 0) + 4, 0xffff_ffffL)),
                new Forgery("type of no bytes", MODEL_DAMAGED, f -> f.put32(f.message(Message.DATATYPE, 24, 0) + 4, 0)),
                new Forgery("numbers behind the end", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 2, f.length())),
                new Forgery("numbers cut by the end", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 2, f.length() - 23)),
                new Forgery("numbers are the superblock", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 2, 0)),
                new Forgery("numbers of 2⁶³ − 1 bytes", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 10, Long.MAX_VALUE)),
                new Forgery("numbers nowhere", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 2, -1)),
                new Forgery("numbers in chunks", MODEL_UNKNOWN_FORMAT,
                        f -> f.put8(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 1, 2)),
                new Forgery("virtual numbers", MODEL_REFUSED_LINK,
                        f -> f.put8(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 1, 3)),
                new Forgery("numbers in the header", MODEL_DAMAGED,
                        f -> f.put8(f.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 1, 0)),

                new Forgery("attribute with more values than bytes", MODEL_DAMAGED,
                        f -> f.put64(f.message(Message.ATTRIBUTE, LIST_OF_NAMES, 0) + 32, 1L << 40)),
                new Forgery("attribute of version 9", MODEL_UNKNOWN_FORMAT,
                        f -> f.put8(f.message(Message.ATTRIBUTE, LIST_OF_NAMES, 0), 9)),
                new Forgery("attribute whose name is longer than itself", MODEL_DAMAGED,
                        f -> f.put16(f.message(Message.ATTRIBUTE, LIST_OF_NAMES, 0) + 2, 0xffff)),
                new Forgery("text that is no UTF-8", MODEL_DAMAGED, f -> f.put8(f.find("GCOL", 0) + 32, 0xc0)),
                new Forgery("text longer than its piece", MODEL_DAMAGED, f -> f.put64(f.find("GCOL", 0) + 24, 1)),
                new Forgery("piece longer than its heap", MODEL_DAMAGED,
                        f -> f.put64(f.find("GCOL", 0) + 24, Long.MAX_VALUE)),
                new Forgery("heap of no bytes", MODEL_DAMAGED, f -> f.put64(f.find("GCOL", 0) + 8, 0)),
                new Forgery("heap longer than the file", MODEL_DAMAGED, f -> f.put64(f.find("GCOL", 0) + 8, 1L << 40)),
                new Forgery("piece that is not there", MODEL_DAMAGED, f -> f.put16(f.find("GCOL", 0) + 16, 7)));
    }

    /// A data set of no elements, which needs no bytes.
    private static void nothing(Forge forge, long otherAxis) {
        forge.put64(forge.message(Message.DATASPACE, 40, 0) + 8, 0)
                .put64(forge.message(Message.DATASPACE, 40, 0) + 16, otherAxis)
                .put64(forge.message(Message.LAYOUT, LAYOUT_BYTES, 0) + 10, 0);
    }

    @Test
    void refusesForgeries() {
        read(Forge.small().toBytes()); // The original is sound.
        for (var forgery : forgeries()) {
            var forge = Forge.small();
            forgery.change.accept(forge);
            Museum.refuses(forgery.name, forgery.expected, () -> read(forge.toBytes()));
        }
        assertThat(forgeries()).hasSizeGreaterThan(50);
    }

    @Test
    void refusesTooManyObjects() {
        var root = new Draft();
        for (int i = 0; i < 20_000; i++) root.integer("d" + i, i);
        var file = Forge.of(root).toBytes();

        Museum.refusesPartByPart("20,001 objects", MODEL_LIMIT, () -> read(file));
    }

    @Test
    void refusesTwoChildrenOfOneName() {
        var root = new Draft();
        root.group("a");
        root.group("b");
        var forge = Forge.of(root);
        forge.put8(forge.find("b\0\0\0\0\0\0\0", 0), 'a');

        Museum.refuses("two names", MODEL_DAMAGED, () -> read(forge.toBytes()));
    }

    /// 4,000 references to the same text of 1 MB would be 4 GB of names.
    @Test
    void refusesTextsThatShareTheirBytes() {
        var root = new Draft().ascii("large", "x".repeat(1 << 20));
        root.texts("names", IntStream.range(0, 4_000).mapToObj(i -> String.format("%016d", i)).toList());
        var forge = Forge.of(root);
        int names = forge.find("names\0", 0) + 8;
        forge.put(file -> {
            var type = file.duplicate().position(names).limit(names + 8);
            type.put(new byte[]{0x19, 1, 0, 0, 16, 0, 0, 0}); // variable-length text in place of fixed text
            int heap = forge.find("GCOL", 0);
            for (int i = 0; i < 4_000; i++) {
                int at = names + 8 + 24 + 16 * i;
                file.putInt(at, 1 << 20).putLong(at + 4, heap).putInt(at + 12, 1);
            }
        });

        Museum.refuses("shared texts", MODEL_LIMIT, () -> read(forge.toBytes()));
    }

    /// Checksums make damage certain where newer files have them.
    @Test
    void refusesNewerStructuresWithWrongChecksums() {
        var file = Fixtures.all().get("many-latest.h5");
        for (var signature : List.of("OHDR", "BTHD", "BTLF", "FRHP", "FHIB")) {
            var text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            int at = text.indexOf(signature);
            assertThat(at).as(signature).isPositive();
            var changed = file.clone();
            changed[at + 12] ^= 4;
            Museum.refuses(signature, MODEL_DAMAGED, () -> read(changed));
        }
    }
}
