package narwhal.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is promised of every primitive operation; a new one is missed by name.
class PrimitivesTest {
    /// Less, equal and more than the lanes of every vector unit, odd and even.
    private static final int[] CHANNELS = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64};
    /// Pictures of one pixel, of odd and even extents, and enough rows for several pieces of a sum.
    private static final int[][] PICTURES = {{1, 2, 2}, {2, 5, 3}, {3, 1, 1}, {1, 7, 8}, {2, 31, 37}};

    static Stream<String> operations() {
        return Primitives.ALL.keySet().stream();
    }

    @Test
    void noOperationIsMissing() {
        var handling = Set.of("scope", "zeros", "of", "write", "read", "release", "peakBytes", "close", "paysAsPair");
        var operations = Arrays.stream(Engine.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers())).map(Method::getName)
                .filter(name -> !handling.contains(name)).collect(Collectors.toSet());
        assertThat(Primitives.ALL.keySet()).containsExactlyInAnyOrderElementsOf(operations);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void vectorsAgreeWithTheDefinition(String operation) {
        try (var fast = Engine.cpu(2); var reference = Engine.reference()) {
            for (int channels : CHANNELS) {
                for (int[] p : PICTURES) {
                    if (p[1] < 2 && operation.contains("Pool")) continue;
                    if (p[1] > 30 && channels != 3 && channels != 16 && channels != 33) continue;
                    var expected = Primitives.results(operation, reference, p[0], p[1], p[2], channels);
                    var actual = Primitives.results(operation, fast, p[0], p[1], p[2], channels);
                    var place = operation + " of " + p[0] + "×" + p[1] + "×" + p[2] + "×" + channels;
                    if (Primitives.PRODUCTS.contains(operation)) isClose(place, actual, expected);
                    else
                        isEqual(place, actual, expected);
                }
            }
        }
    }

    private static void isEqual(String place, List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("%s, result %d", place, i).isEqualTo(expected.get(i));
        }
    }

    /// Products of numbers up to 1.05: the error of a sum of n of them in 32 bits stays below n halves of the last place of n.
    private static void isClose(String place, List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            double largest = 0;
            for (float v : expected.get(i)) largest = Math.max(largest, Math.abs(v));
            for (int k = 0; k < expected.get(i).length; k++) {
                if (Math.abs(actual.get(i)[k] - expected.get(i)[k]) > 4e-6 * (1 + largest)) {
                    assertThat(actual.get(i)[k]).as("%s, result %d, element %d", place, i, k)
                            .isCloseTo(expected.get(i)[k], within((float) (4e-6 * (1 + largest))));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void threadsDoNotChangeABit(String operation) {
        List<float[]> expected = List.of();
        for (int threads = 1; threads <= 4; threads++) {
            try (var engine = Engine.cpu(threads)) {
                var small = Primitives.results(operation, engine, 3, 9, 7, 5);
                var large = Primitives.results(operation, engine, 5, 41, 40, 16);
                var actual = Stream.concat(small.stream(), large.stream()).toList();
                if (threads == 1) expected = actual;
                else
                    isEqual(operation + " on " + threads + " threads", actual, expected);
            }
        }
    }

    /// The interpreter computes everything by the book; what the compilers make of it must have the same bits.
    @Test
    void compiledCodeGivesTheBitsOfTheInterpreter() throws IOException {
        var lines = printedBy(PrimitivesDigest.class, "-Xint");
        for (int warm = 0; warm < 30; warm++) PrimitivesDigest.lines();

        assertThat(lines).isEqualTo(PrimitivesDigest.lines());
    }

    /// Machines differ in how many numbers a vector holds: neither how a convolution is computed nor the order of a sum may
    /// follow from that. A width that this machine has not is taken down to what it has.
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void vectorsOfAnyWidthGiveTheSameBits(int bytes) throws IOException {
        var width = "-XX:MaxVectorSize=" + bytes;
        assertThat(printedBy(ConvolutionDigest.class, width)).isEqualTo(ConvolutionDigest.lines());
        assertThat(printedBy(PrimitivesDigest.class, width)).isEqualTo(PrimitivesDigest.lines());
    }

    private static List<String> printedBy(Class<?> program, String option) throws IOException {
        var process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", option, "--add-modules",
                "jdk.incubator.vector", "-cp", classPath(), program.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.contains("warning:")).toList();
    }

    private static String classPath() {
        return Stream.of(Engine.class, PrimitivesTest.class)
                .map(type -> requireNonNull(type.getResource(type.getSimpleName() + ".class")))
                .map(url -> Path.of(URI.create(url.toString())).resolve("../../..").normalize().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
