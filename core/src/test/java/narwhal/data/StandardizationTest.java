package narwhal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import narwhal.data.augmentation.Augmentations;
import narwhal.data.picture.Picture;
import narwhal.engine.Engine;
import narwhal.layers.Layers;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Oracle: `ImageDataGenerator.fit` and `standardize` of Keras 3, asked by `standardization.py`.
class StandardizationTest {
    @TempDir
    private Path home;

    /// A line of `standardization.txt`.
    record Golden(String name, int count, int height, int width, int channels, List<Float> numbers) {
        static Golden of(String line) {
            var halves = line.split(" : ", -1);
            var words = halves[0].split(" ", -1);
            return new Golden(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]), Integer.parseInt(words[4]),
                    Arrays.stream(halves[1].split(" ", -1)).map(Float::valueOf).toList());
        }

        @Override
        public String toString() {
            return name + " " + count + " " + height + " " + width + " " + channels;
        }
    }

    static List<Golden> goldens() {
        try (var in = StandardizationTest.class.getResourceAsStream("standardization.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Golden::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The pictures of the script.
    private record Pictures(int size, int height, int width, int channels) implements PictureSource {
        @Override
        public List<String> classNames() {
            return List.of("a", "b");
        }

        @Override
        public int classOf(int index) {
            return index % 2;
        }

        @Override
        public String nameOf(int index) {
            return "picture " + index;
        }

        @Override
        public Picture picture(int n) {
            var samples = new byte[height * width * channels];
            for (int y = 0, i = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < channels; c++) {
                        samples[i++] = (byte) (n * n * 71 + n * x * 29 + y * y * 37 + x * 53 + x * y * 11 + c * 91);
                    }
                }
            }
            return Picture.of(height, width, channels, samples);
        }

        @Override
        public String fingerprint() {
            return toString();
        }
    }

    private static void doubleAndTilt(float[] pixels, int height, int width, int channels) {
        for (int i = 0; i < pixels.length; i++) pixels[i] = pixels[i] * 2 + i / channels % width;
    }

    private static Preparation preparation(Golden golden) {
        return Preparation.standard().resize(golden.height, golden.width).grayscale(golden.channels == 1);
    }

    private static Preparation standardized(Golden golden, PictureSource source) {
        var plain = preparation(golden);
        var scaled = plain.rescale(1f / 255);
        var none = Standardization.none();
        return switch (golden.name) {
            case "SAMPLEWISE_CENTER" -> plain.standardization(none.samplewiseCenter(true));
            case "SAMPLEWISE_STD" -> scaled.standardization(none.samplewiseStdNormalization(true));
            case "FEATUREWISE_CENTER" ->
                plain.standardization(none.featurewise(Featurewise.center(plain.dataset(source))));
            case "FEATUREWISE_STD" -> {
                var base = golden.channels == 1 ? plain : scaled;
                yield base.standardization(none.featurewise(Featurewise.stdNormalization(base.dataset(source))));
            }
            case "ZCA_FEW" ->
                scaled.standardization(none.featurewise(Featurewise.zcaWhitening(scaled.dataset(source))));
            case "ZCA_MANY" ->
                scaled.standardization(none.featurewise(Featurewise.zcaWhitening(scaled.dataset(source), 0.1)));
            case "FUNCTION" -> scaled.standardization(none.function(StandardizationTest::doubleAndTilt)
                    .samplewiseCenter(true));
            default -> throw new IllegalArgumentException(golden.name);
        };
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void standardizesLikeKeras(Golden golden) {
        var source = new Pictures(golden.count, golden.height, golden.width, golden.channels);
        var preparation = standardized(golden, source);
        var plain = preparation.dataset(source);
        // an augmentation that changes nothing takes the other way
        var augmented = preparation.augment(Augmentations.channelShift(1e-30)).dataset(source);
        int size = plain.shape().size();
        double largest = golden.numbers.stream().mapToDouble(Math::abs).max().orElseThrow();
        for (var set : List.of(plain, augmented)) {
            var pixels = new float[7 + size];
            for (int i = 0; i < golden.count; i++) {
                set.render(i, 0, pixels, 7);
                for (int k = 0; k < size; k++) {
                    assertThat((double) pixels[7 + k]).as("picture %d, number %d", i, k)
                            .isCloseTo(golden.numbers.get(i * size + k), within(1e-5 * largest));
                }
            }
        }
    }

    /// What a model file holds prepares other pictures alike.
    @Test
    void travelsWithTheModel() {
        var source = new Pictures(6, 8, 8, 3);
        var plain = Preparation.standard().resize(8, 8).rescale(1f / 255);
        for (var standardization : List.of(
                Standardization.none().featurewise(Featurewise.stdNormalization(plain.dataset(source))),
                Standardization.none().samplewiseStdNormalization(true)
                        .featurewise(Featurewise.center(plain.dataset(source))))) {
            var set = plain.standardization(standardization).dataset(source);
            var file = home.resolve("model.ckpt");
            try (var engine = Engine.cpu(1)) {
                var network = Layers.sequential(Layers.flatten(), Layers.dense(1), Layers.sigmoid());
                ModelFile.save(Model.of(network, set.shape(), 1, engine), set.recipe(), file);
                var recipe = ModelFile.load(file, engine).recipe().orElseThrow();
                var expected = new float[set.shape().size()];
                set.render(3, 0, expected, 0);
                assertThat(Preparation.of(recipe).pixels(source.picture(3))).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatNoFileCanHoldLeavesNoRecipe() {
        var source = new Pictures(6, 3, 3, 3);
        var plain = Preparation.standard().resize(3, 3);
        var none = Standardization.none();
        assertThat(plain.standardization(none.function(StandardizationTest::doubleAndTilt)).dataset(source).recipe())
                .isEmpty();
        assertThat(plain.standardization(none.featurewise(Featurewise.zcaWhitening(plain.dataset(source))))
                .dataset(source).recipe()).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Featurewise(List.of(1f, 2f, 3f), List.of(1f), Optional.empty()))
                .hasMessage("a mean for each channel, and a deviation for each or for none, got 3 and 1");
        var large = Preparation.standard().resize(64, 65).grayscale(true).dataset(new Pictures(2, 4, 4, 1));
        assertThatThrownBy(() -> Featurewise.zcaWhitening(large))
                .hasMessage("ZCA whitening takes pictures of at most 4096 numbers, got 64×65×1");
    }
}
