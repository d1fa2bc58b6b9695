package narwhal.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import narwhal.data.picture.PictureZoo.Bad;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of picture file. Oracle of the good ones: Pillow, asked by `zoo.py`.
class PictureZooTest {
    private final PictureDecoder decoder = PictureDecoder.standard();

    static Stream<String[]> golden() throws IOException {
        try (var in = PictureZooTest.class.getResourceAsStream("zoo.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(" ", -1))
                    .toList()
                    .stream();
        }
    }

    @Test
    void allOfThemHaveGoldens() throws IOException {
        assertThat(PictureZoo.good().keySet())
                .containsExactlyInAnyOrderElementsOf(golden().map(line -> line[0]).toList())
                .hasSizeGreaterThan(100);
    }

    @Test
    void givePillowsPixels() throws IOException {
        var zoo = PictureZoo.good();
        var others = new TreeSet<String>();
        for (var line : golden().toList()) {
            var picture = decoder.decode(zoo.get(line[0]), line[0]).picture();
            var ours = picture.height() + " " + picture.width() + " " + Digests.sha256(picture.rgb().samples()) + " "
                    + Digests.sha256(picture.grey().samples());
            if (!ours.equals(String.join(" ", Arrays.copyOfRange(line, 1, 5)))) others.add(line[0]);
        }
        assertThat(others).isEmpty();
    }

    @Test
    void noteWhatIsWorthKnowing() {
        Map<String, PictureNote> noted = new LinkedHashMap<>();
        noted.put("really-a-png.jpg", PictureNote.WRONG_EXTENSION);
        noted.put("really-a-jpeg.png", PictureNote.WRONG_EXTENSION);
        noted.put("type0-16.png", PictureNote.SIXTEEN_BIT);
        noted.put("type6-16-interlaced.png", PictureNote.SIXTEEN_BIT);
        noted.put("cmyk-adobe.jpg", PictureNote.CMYK);
        noted.put("ycck-adobe.jpg", PictureNote.CMYK);
        noted.put("exif-rotated.jpg", PictureNote.EXIF_ROTATION);
        noted.put("exif-rotated.png", PictureNote.EXIF_ROTATION);
        noted.put("animated.gif", PictureNote.ANIMATED);
        var zoo = PictureZoo.good();
        noted.forEach((name, note) -> assertThat(decoder.decode(zoo.get(name), name).notes()).as(name)
                .containsExactly(note));
        for (var name : new String[]{"exif-upright.jpg", "colour-2x2.jpg", "type2-8.png", "behind-the-end.jpeg"}) {
            assertThat(decoder.decode(zoo.get(name), name).notes()).as(name).isEmpty();
        }
    }

    static Stream<Bad> bad() {
        return PictureZoo.bad().stream();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badOnesAreRefused(Bad file) {
        var error = catchThrowableOfType(NarwhalException.class, () -> decoder.decode(file.bytes(), file.name()));
        assertThat(error).isNotNull();
        assertThat(error.problem()).as(error.getMessage()).isEqualTo(file.problem());
        assertThat(error.getMessage()).contains(file.name()).hasSizeLessThanOrEqualTo(400).doesNotContain("\n");
    }

    /// Reliability D2: a file that lost its end is noticed, wherever it was cut.
    @Test
    void everyCutIsNoticed() {
        var unnoticed = new TreeSet<String>();
        var random = new SplittableRandom(7);
        PictureZoo.good().forEach((name, bytes) -> {
            int end = PictureZoo.end(name, bytes);
            for (int cut = 0; cut < 20; cut++) {
                int length = cut == 0 ? end - 1 : cut == 1 ? 1 : random.nextInt(end);
                var error = catchThrowableOfType(NarwhalException.class,
                        () -> decoder.decode(Arrays.copyOf(bytes, length), name));
                if (error == null || (error.problem() != Problem.IMG_TRUNCATED && length > 0)) {
                    unnoticed.add(name + " at " + length + " of " + bytes.length + ": " + error);
                }
            }
        });
        assertThat(unnoticed).isEmpty();
    }

    /// Reliability D2, second part: flipped bytes never give anything but a picture or a named problem.
    @Test
    void flippedBytesNeverEscape() {
        var random = new SplittableRandom(11);
        PictureZoo.good().forEach((name, bytes) -> {
            for (int flip = 0; flip < 12; flip++) {
                byte[] flipped = bytes.clone();
                flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                try {
                    decoder.decode(flipped, name);
                } catch (NarwhalException e) {
                    assertThat(e.problem().name()).startsWith("IMG_");
                }
            }
        });
    }
}
