package narwhal.data.augmentation;

import static narwhal.data.augmentation.Augmentations.heightShift;
import static narwhal.data.augmentation.Augmentations.widthShift;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import narwhal.data.picture.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Oracle: Keras' `ImageDataGenerator.apply_transform` and SciPy's `affine_transform`, asked by `transforms.py`.
class TransformTest {
    /// A line of `transforms.txt`.
    record Golden(String kind, String fill, List<Double> parameters, List<Float> numbers) {
        static Golden of(String line) {
            var halves = line.split(" : ", -1);
            var words = List.of(halves[0].split(" ", -1));
            return new Golden(words.get(0), words.get(1),
                    words.subList(2, words.size()).stream().map(Double::valueOf).toList(),
                    Arrays.stream(halves[1].split(" ", -1)).map(Float::valueOf).toList());
        }

        int integer(int i) {
            return parameters.get(i).intValue();
        }

        double number(int i) {
            return parameters.get(i);
        }

        @Override
        public String toString() {
            return kind + " " + fill + " " + parameters;
        }
    }

    static List<Golden> geometry() {
        return lines().filter(golden -> golden.kind.startsWith("KERAS")).toList();
    }

    static List<Golden> shifts() {
        return lines().filter(golden -> golden.kind.equals("SHIFTS")).toList();
    }

    static List<Golden> colours() {
        return lines().filter(golden -> golden.kind.equals("COLOURS")).toList();
    }

    static List<Golden> stretched() {
        return lines().filter(golden -> golden.kind.equals("STRETCHED")).toList();
    }

    private static java.util.stream.Stream<Golden> lines() {
        try (var in = TransformTest.class.getResourceAsStream("transforms.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Golden::of).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("geometry")
    void movesPixelsLikeKeras(Golden golden) {
        var interpolation = golden.kind.endsWith("_NEAREST") ? Interpolation.NEAREST : Interpolation.BILINEAR;
        var geometry = Geometry.valueOf(golden.kind.replaceFirst("_(NEAREST|LARGE)$", ""));
        var transform = new Transform(golden.number(3), golden.number(4), golden.number(5), golden.number(6),
                golden.number(7), golden.number(8), false, false, 0, 1, false, FillMode.valueOf(golden.fill), 17.5,
                geometry, interpolation);
        float[] pixels = apply(golden, transform);
        compare(golden, golden.kind.endsWith("_LARGE") ? every(1009, pixels) : pixels);
    }

    private static float[] every(int step, float[] pixels) {
        var some = new float[Math.ceilDiv(pixels.length, step)];
        for (int i = 0; i < some.length; i++) some[i] = pixels[i * step];
        return some;
    }

    /// Everything that Keras draws from a whole number or a list, and nothing else.
    @ParameterizedTest
    @MethodSource("shifts")
    void shiftsLikeKeras(Golden golden) {
        double[] values = golden.parameters.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
        var shift = golden.fill.equals("WHOLE") ? heightShift((int) values[0]) : heightShift(values);
        var augmentation = Augmentation.of(shift);
        var found = new TreeSet<Float>();
        for (int index = 0; index < 300; index++) {
            var transform = augmentation.draw(1, 0, index, golden.integer(0), 7);
            found.add((float) transform.tx() + 0f);
            assertThat(transform.ty()).isZero();
        }
        assertThat(found).containsExactlyElementsOf(golden.numbers);
    }

    @Test
    void aRangeIsAFractionOrPixels() {
        for (double range : new double[]{0.25, 3}) {
            double most = 0;
            var augmentation = Augmentation.of(widthShift(range));
            for (int index = 0; index < 1000; index++) {
                var transform = augmentation.draw(1, 0, index, 7, 80);
                assertThat(transform.tx()).isZero();
                most = Math.max(most, Math.abs(transform.ty()));
            }
            double expected = range < 1 ? range * 80 : range;
            assertThat(most).isBetween(0.98 * expected, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("colours")
    void changesColoursAndFlipsLikeKeras(Golden golden) {
        double brightness = golden.number(6);
        var transform = new Transform(0, 0, 0, 0, 1, 1, golden.number(4) == 1, golden.number(5) == 1,
                golden.number(3), brightness, brightness >= 0, FillMode.NEAREST, 0, Geometry.KERAS_2_9,
                Interpolation.BILINEAR);
        compare(golden, apply(golden, transform));
    }

    @ParameterizedTest
    @MethodSource("stretched")
    void brightensWhatLiesOutsideEightBitsLikeKeras(Golden golden) {
        var transform = new Transform(golden.number(3), 0, 0, 0, 1, 1, false, false, 0, golden.number(4), true,
                FillMode.CONSTANT, -300.5, Geometry.KERAS_2_9, Interpolation.BILINEAR);
        compare(golden, apply(golden, transform));
    }

    private static float[] apply(Golden golden, Transform transform) {
        int height = golden.integer(0);
        int width = golden.integer(1);
        int channels = golden.integer(2);
        var samples = new byte[5 + height * width * channels];
        for (int y = 0, i = 5; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) samples[i++] = (byte) (y * y * 37 + x * 53 + x * y * 11 + c * 91);
            }
        }
        var target = new float[samples.length - 5 + 3];
        transform.apply(samples, 5, height, width, channels, target, 3);
        return Arrays.copyOfRange(target, 3, target.length);
    }

    /// 10⁻⁵ of the scale 0 … 255.
    private static void compare(Golden golden, float[] actual) {
        assertThat(actual.length).isEqualTo(golden.numbers.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("number %d", i).isCloseTo(golden.numbers.get(i),
                    org.assertj.core.data.Offset.offset(1e-5 * 255));
        }
    }
}
