package narwhal.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import narwhal.data.ImageFolder;
import narwhal.data.PictureSource;
import narwhal.data.Preparation;
import narwhal.data.picture.Picture;
import narwhal.data.picture.PictureDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The oracle is the way back: what was written is read by the decoder of picture files and by [ImageFolder].
class PictureFoldersTest {
    @TempDir
    Path folder;

    /// The first pictures of each class, in the order of the set.
    private record Few(PictureSource all, int perClass) implements PictureSource {
        private int in(int index) {
            return index < perClass ? index : all.size() / 2 + index - perClass;
        }

        @Override
        public int size() {
            return 2 * perClass;
        }

        @Override
        public List<String> classNames() {
            return all.classNames();
        }

        @Override
        public int classOf(int index) {
            return all.classOf(in(index));
        }

        @Override
        public String nameOf(int index) {
            return all.nameOf(in(index));
        }

        @Override
        public Picture picture(int index) {
            return all.picture(in(index));
        }

        @Override
        public String fingerprint() {
            return all.fingerprint();
        }
    }

    private static Map<String, PictureSource> few(String name) {
        var parts = new LinkedHashMap<String, PictureSource>();
        EmbeddedSets.named(name).forEach((part, source) -> parts.put(part, new Few(source, 3)));
        return parts;
    }

    @Test
    void everyPictureComesBackInItsPlace() {
        for (var name : EmbeddedSets.names()) {
            var parts = few(name);
            var destination = folder.resolve(name);
            assertThat(PictureFolders.write(parts, destination)).isEqualTo(6 * parts.size());
            parts.forEach((part, source) -> {
                for (int i = 0; i < source.size(); i++) {
                    var file = destination.resolve(part).resolve(source.nameOf(i));
                    assertThat(PictureDecoder.standard().decode(file).picture()).isEqualTo(source.picture(i));
                }
            });
        }
    }

    @Test
    void coloursComeBack() throws IOException {
        var samples = new byte[5 * 7 * 3];
        for (int i = 0; i < samples.length; i++) samples[i] = (byte) (i * 41);
        var picture = Picture.of(5, 7, 3, samples);
        var file = folder.resolve("a.png");
        Files.write(file, PictureFolders.png(picture));
        assertThat(PictureDecoder.standard().decode(file).picture()).isEqualTo(picture);
    }

    /// A training from the files is the training from memory, number by number.
    @Test
    void theFolderIsTheSetInTheSameOrder() {
        var parts = few("orca-synth");
        PictureFolders.write(parts, folder.resolve("set"));
        var preparation = Preparation.standard().resize(64, 96).grayscale(true);
        parts.forEach((part, source) -> {
            var drawn = preparation.dataset(source);
            var read = ImageFolder.of(folder.resolve("set").resolve(part)).preparation(preparation).dataset();
            assertThat(read.classNames()).isEqualTo(drawn.classNames());
            assertThat(read.size()).isEqualTo(drawn.size());
            for (int i = 0; i < drawn.size(); i++) {
                assertThat(read.classOf(i)).isEqualTo(drawn.classOf(i));
                var expected = new float[64 * 96];
                var actual = new float[64 * 96];
                drawn.render(i, 0, expected, 0);
                read.render(i, 0, actual, 0);
                assertThat(actual).isEqualTo(expected);
            }
        });
    }

    @Test
    void nothingIsWrittenWhereSomethingIs() throws IOException {
        var note = folder.resolve("note.txt");
        Files.writeString(note, "mine");
        assertThatThrownBy(() -> PictureFolders.write(few("fashion-pair"), folder))
                .hasMessageStartingWith("E-USAGE-VALUE " + folder + ": is there already and not empty");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(note);
        }
    }

    @Test
    void anUnknownSetIsNamed() {
        assertThatThrownBy(() -> EmbeddedSets.named("mnist")).hasMessageStartingWith(
                "E-USAGE-VALUE no set is called 'mnist', expected one of [orca-synth, fashion-pair]");
    }
}
