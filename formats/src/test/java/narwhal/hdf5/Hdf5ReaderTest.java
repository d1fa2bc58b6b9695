package narwhal.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Oracle: what `make_fixtures.py` told h5py to write.
class Hdf5ReaderTest {
    private static Group read(String name) {
        return Hdf5Reader.read(Bytes.of(Fixtures.all().get(name), name), Limits.standard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest.h5", "v108.h5", "v110.h5", "latest.h5"})
    void readsAllFormsOfText(String name) {
        var root = read(name);

        assertThat(root.text("bytes")).contains("ascii");
        assertThat(root.text("text")).contains("Schwertwal 🐋");
        assertThat(root.text("empty text")).contains("");
        assertThat(root.texts("list of bytes")).contains(List.of("conv2d_1", "dense"));
        assertThat(root.texts("list of texts")).contains(List.of("größer", "b"));
        assertThat(root.texts("empty list")).contains(List.of());
        assertThat(root.texts("fixed zeros")).contains(List.of("conv2d_1", "dense"));
        assertThat(root.texts("fixed zero-terminated")).contains(List.of("one", "three"));
        assertThat(root.texts("fixed spaces")).contains(List.of("one", "three"));
        assertThat(root.texts("names")).contains(List.of("a", "b", "ccc"));
        assertThat(root.texts("nothing")).contains(List.of());
        assertThat(root.texts("absent")).isEmpty();
        assertThat(root.text("absent")).isEmpty();
        assertThatThrownBy(() -> root.text("number")).hasMessageContaining("number is int64, expected one text");
        assertThatThrownBy(() -> root.texts("number")).hasMessageContaining("number is int64, expected texts");
        assertThatThrownBy(() -> root.text("list of bytes")).hasMessageContaining("expected one text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest.h5", "v108.h5", "v110.h5", "latest.h5"})
    void readsAllTypesOfNumber(String name) {
        var root = read(name);

        for (var kind : List.of("little f2", "big f2", "little f4", "big f4", "little f8", "big f8")) {
            assertThat(data(root, "fraction " + kind).floats(2, 3)).as(kind)
                    .containsExactly(0.5f, -1.25f, 3, 65504, 0x1p-14f, 0);
        }
        for (var kind : List.of("i1", "little i2", "little i4", "big i4", "little i8", "big i8"))
            assertThat(data(root, "whole " + kind).number()).as(kind).isEqualTo(-7);
        for (var kind : List.of("u1", "big u2", "little u4"))
            assertThat(data(root, "whole " + kind).number()).as(kind).isEqualTo(200);
        assertThat(data(root, "scalar").floats()).containsExactly(3e-5f);
        assertThat(data(root, "scalar").number()).isEqualTo(3e-5f);
        assertThat(data(root, "none").floats(0, 3)).isEmpty();
        assertThat(data(root, "compact").floats(3)).containsExactly(1, 2, 3);
    }

    private static DataSet data(Group root, String path) {
        return root.dataSet(path).orElseThrow();
    }

    @Test
    void anotherShapeIsRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> data(read("earliest.h5"), "fraction little f4").floats(3, 2))
                .isInstanceOfSatisfying(NarwhalException.class,
                        e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_SIZE_MISMATCH))
                .hasMessageContaining("/fraction little f4: has the shape (2×3), expected (3×2)");
        assertThatThrownBy(() -> data(read("earliest.h5"), "fraction little f4").number())
                .hasMessageContaining("expected one number");
    }

    @Test
    void typesThatNoWeightHasFailOnlyWhereTheyAreUsed() {
        var root = read("earliest.h5");

        assertThat(data(root, "opaque").shape()).containsExactly(2L);
        assertThatThrownBy(() -> data(root, "opaque").floats(2))
                .hasMessageContaining("/opaque: is opaque, as bfloat16 is, expected 16, 32 or 64-bit floating-point");
        assertThatThrownBy(() -> data(root, "true").number()).hasMessageContaining("is an enumeration");
        assertThatThrownBy(() -> data(root, "whole i1").floats()).hasMessageContaining("is int8");
    }

    @Test
    void readsMoreChildrenAndAttributesThanOneNodeHolds() {
        assertThat(names("many-earliest.h5")).containsExactlyInAnyOrderElementsOf(layers(300));
        assertThat(names("many-latest.h5")).containsExactlyInAnyOrderElementsOf(layers(700));
        assertThat(names("ordered.h5")).containsExactlyInAnyOrderElementsOf(layers(20));
        attributes("many-earliest.h5", 20);
        attributes("many-latest.h5", 600);
        attributes("ordered.h5", 12);
    }

    private static Iterable<String> names(String file) {
        return read(file).children().keySet();
    }

    private static List<String> layers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "layer_" + i).toList();
    }

    private static void attributes(String file, int count) {
        var root = read(file);
        assertThat(root.attributes()).hasSize(count);
        for (int i = 0; i < count; i++)
            assertThat(root.texts("attribute_" + i)).contains(List.of("x".repeat(10) + i));
    }

    @Test
    void readsAnAttributeThatNoObjectHeaderHolds() {
        var root = read("large-attribute.h5");

        assertThat(root.texts("huge").orElseThrow())
                .containsExactlyElementsOf(IntStream.range(0, 700).mapToObj(i -> "y".repeat(100) + i).toList());
        assertThat(root.text("small")).contains("z");
    }

    @Test
    void aFileThatIsCutAnywhereIsNoticed() {
        for (var fixture : Fixtures.all().entrySet()) {
            var bytes = fixture.getValue();
            Stream.of(0, 1, 7, 8, 9, 47, 95, 96, bytes.length / 2, bytes.length - 9, bytes.length - 1)
                    .forEach(length -> assertThatThrownBy(() -> Hdf5Reader
                            .read(Bytes.of(java.util.Arrays.copyOf(bytes, length), "cut"), Limits.standard()))
                            .as(fixture.getKey() + " after " + length).isInstanceOf(NarwhalException.class));
        }
    }

    @Test
    void aPathIsMadeOfNamesOnly() {
        var root = read("many-earliest.h5");

        assertThat(root.dataSet("layer_1/../layer_2")).isEmpty();
        assertThat(root.dataSet("/layer_1")).isEmpty();
        assertThat(root.dataSet("")).isEmpty();
        assertThat(root.group("layer_1").orElseThrow().path()).isEqualTo("/layer_1");
    }
}
