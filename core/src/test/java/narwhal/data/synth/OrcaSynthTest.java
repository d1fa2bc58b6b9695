package narwhal.data.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import narwhal.data.PictureSource;
import narwhal.data.picture.Picture;
import narwhal.data.synth.OrcaSynth.Part;
import org.junit.jupiter.api.Test;

class OrcaSynthTest {
    private static final Pattern NAME = Pattern.compile("(neg|pos)/(rec\\d{3})-(\\d{3})\\.png");

    private final OrcaSynth set = OrcaSynth.standard();

    /// Every later training on this set rests on these bits. Another hash means another set: then it needs another name.
    @Test
    void theWholeSetHasTheseBits() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var part : Part.values()) {
            var source = set.part(part);
            // Drawn by several threads, in whatever order; added in the order of the set.
            var pictures = IntStream.range(0, source.size()).parallel().mapToObj(source::picture).toList();
            for (int i = 0; i < source.size(); i++) {
                digest.update(
                        (part.folder() + "/" + source.nameOf(i)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(pictures.get(i).samples());
            }
        }
        var expected = "d5aa25bdb03c284091f2557cafd7356d310af70138fd21cbf2bc7ee1cc77fae7";
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
    }

    @Test
    void recordingsStayTogetherIn70To25To5() {
        var seen = new HashMap<String, Part>();
        for (var part : Part.values()) {
            for (var recording : recordings(set.part(part)))
                assertThat(seen.put(recording, part)).as(recording).isNull();
        }
        assertThat(seen).hasSize(120);
        assertThat(set.part(Part.TRAIN).size()).isEqualTo(84 * 24);
        assertThat(set.part(Part.VALIDATION).size()).isEqualTo(30 * 24);
        assertThat(set.part(Part.TEST).size()).isEqualTo(6 * 24);
    }

    private static Set<String> recordings(PictureSource source) {
        var recordings = new TreeSet<String>();
        for (int i = 0; i < source.size(); i++) {
            var name = NAME.matcher(source.nameOf(i));
            assertThat(name.matches()).as(source.nameOf(i)).isTrue();
            recordings.add(name.group(2));
        }
        return recordings;
    }

    /// The order of a folder: classes, then names.
    @Test
    void halfOfEachPartHoldsACallAndTheOrderIsThatOfFiles() {
        for (var part : Part.values()) {
            var source = set.part(part);
            var names = IntStream.range(0, source.size()).mapToObj(source::nameOf).toList();
            assertThat(names).isSorted().doesNotHaveDuplicates();
            for (int i = 0; i < source.size(); i++) {
                assertThat(source.classOf(i)).isEqualTo(2 * i / source.size());
                assertThat(names.get(i)).startsWith(source.classNames().get(source.classOf(i)) + "/");
            }
        }
    }

    /// A pure function: any picture, in any order, twice.
    @Test
    void aPictureDependsOnNothingButItsNumber() {
        var fresh = new OrcaSynth(set.seed()).part(Part.VALIDATION);
        var source = set.part(Part.VALIDATION);
        for (int i = source.size() - 1; i >= 0; i -= 97)
            assertThat(fresh.picture(i)).isEqualTo(source.picture(i)).isEqualTo(source.picture(i));
        assertThat(new OrcaSynth(1).part(Part.TEST).picture(0)).isNotEqualTo(set.part(Part.TEST).picture(0));
    }

    @Test
    void noTwoPicturesAreAlikeAndNoneIsFlat() {
        var all = new HashSet<Picture>();
        var source = set.part(Part.TEST);
        for (int i = 0; i < source.size(); i++) {
            var picture = source.picture(i);
            assertThat(all.add(picture)).isTrue();
            var greys = new HashSet<Byte>();
            for (byte sample : picture.samples()) greys.add(sample);
            assertThat(greys).as(source.nameOf(i)).hasSizeGreaterThan(20);
        }
    }
}
