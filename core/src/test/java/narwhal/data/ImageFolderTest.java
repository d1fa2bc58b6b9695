package narwhal.data;

import static narwhal.data.augmentation.Augmentations.horizontalFlip;
import static narwhal.data.augmentation.Augmentations.shear;
import static narwhal.data.augmentation.Augmentations.zoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import narwhal.data.picture.PictureNote;
import narwhal.data.picture.PngMaker;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImageFolderTest {
    @TempDir
    private Path home;

    private static void picture(Path file, int shade) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, PngMaker.rgb(9, 12, shade));
    }

    /// Two classes of three pictures each.
    private Path folder(String name) throws IOException {
        var folder = home.resolve(name);
        for (int i = 0; i < 3; i++) {
            picture(folder.resolve("neg/n" + i + ".png"), i);
            picture(folder.resolve("pos/p" + i + ".png"), 10 + i);
        }
        return folder;
    }

    private static ImageFolder prepared(Path path) {
        return ImageFolder.of(path).resize(8, 10).rescale(1f / 255).augment(shear(20), zoom(0.3), horizontalFlip())
                .shuffle(5);
    }

    private static NarwhalException refused(Path path) {
        return refused(prepared(path));
    }

    private static NarwhalException refused(ImageFolder folder) {
        var error = catchThrowableOfType(NarwhalException.class, folder::dataset);
        assertThat(error).isNotNull();
        assertThat(error.getMessage()).hasSizeLessThanOrEqualTo(400).doesNotContain("\n");
        return error;
    }

    private static List<String> names(Dataset set) {
        return IntStream.range(0, set.size()).mapToObj(set::nameOf).toList();
    }

    private static float[] rendered(Dataset set, int epoch) {
        int size = set.shape().size();
        var all = new float[size * set.size()];
        for (int i = 0; i < set.size(); i++) set.render(i, epoch, all, i * size);
        return all;
    }

    @Test
    void numbersClassesAndSortsFilesLikeKeras() throws IOException {
        var folder = home.resolve("sorted");
        // os.walk order of Keras: folders by path, then files by name; upper case first
        var names = List.of("B/a.png", "B/b.png", "a/Z.PNG", "a/z.png", "a/s/y.png", "a/s t/x.png", "a/s.t/w.png");
        for (var name : names) picture(folder.resolve(name), 1);
        var set = prepared(folder).dataset();
        assertThat(set.classNames()).containsExactly("B", "a");
        assertThat(names(set)).containsExactly("B/a.png", "B/b.png", "a/Z.PNG", "a/z.png", "a/s/y.png",
                "a/s t/x.png", "a/s.t/w.png").hasSize(7);
        assertThat(IntStream.range(0, 7).map(set::classOf)).containsExactly(0, 0, 1, 1, 1, 1, 1);
        assertThat(prepared(folder).classes("a", "B").dataset().classNames()).containsExactly("a", "B");
        assertThat(prepared(folder).classes("a", "B").dataset().classOf(0)).isZero();
    }

    @Test
    void sortsByCodePoint() throws IOException {
        var folder = home.resolve("points");
        var names = List.of("z", "\u00e9", "\uff5e", "\ud83d\ude00");
        try {
            for (var name : names.reversed()) picture(folder.resolve("a/" + name + ".png"), 1);
        } catch (InvalidPathException e) {
            assumeTrue(false, "this locale cannot write such names");
        }
        picture(folder.resolve("b/x.png"), 1);
        assertThat(names(prepared(folder).dataset())).startsWith("a/z.png", "a/\u00e9.png", "a/\uff5e.png",
                "a/\ud83d\ude00.png");
    }

    /// Reliability B7.
    @Test
    void dependsOnNothingButNamesAndContent() throws IOException {
        var first = prepared(folder("first")).dataset();
        var locale = Locale.getDefault();
        var zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            var other = home.resolve("other name");
            for (int i = 2; i >= 0; i--) {
                picture(other.resolve("pos/p" + i + ".png"), 10 + i);
                picture(other.resolve("neg/n" + i + ".png"), i);
                Files.setLastModifiedTime(other.resolve("neg/n" + i + ".png"), FileTime.from(Instant.ofEpochSecond(i)));
            }
            var second = prepared(other).dataset();
            assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
            assertThat(names(second)).isEqualTo(names(first));
            assertThat(rendered(second, 3)).isEqualTo(rendered(first, 3));
            assertThat(prepared(other).batches(2).order(4))
                    .isEqualTo(prepared(home.resolve("first")).batches(2).order(4));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    /// Reliability B3: cache on, off, and too small; several threads in any order.
    @Test
    void cacheAndThreadsChangeNoBit() throws Exception {
        var folder = folder("cache");
        var expected = rendered(prepared(folder).cacheBytes(0).dataset(), 2);
        assertThat(rendered(prepared(folder).cacheBytes(0).dataset(), 3)).isNotEqualTo(expected);
        for (long bytes : new long[]{1, 250, 3 * 240, 1 << 20}) {
            var set = prepared(folder).cacheBytes(bytes).dataset();
            rendered(set, 0);
            assertThat(rendered(set, 2)).as("%d bytes", bytes).isEqualTo(expected);
            try (var threads = Executors.newFixedThreadPool(4)) {
                var all = new float[expected.length];
                int size = set.shape().size();
                var tasks = new ArrayList<java.util.concurrent.Future<?>>();
                for (int i = set.size() - 1; i >= 0; i--) {
                    int index = i;
                    tasks.add(threads.submit(() -> set.render(index, 2, all, index * size)));
                }
                for (var task : tasks) task.get();
                assertThat(all).as("%d bytes", bytes).isEqualTo(expected);
            }
        }
    }

    @Test
    void scanKeepsWhatItDecodedForTheSamePreparation() throws IOException {
        var folder = prepared(folder("kept"));
        var expected = rendered(folder.dataset(), 1);
        var scan = folder.scan();
        var other = folder.preparation(folder.preparation().resize(5, 5));
        var different = rendered(other.dataset(), 1);
        for (int i = 0; i < 3; i++) Files.delete(home.resolve("kept/neg/n" + i + ".png"));
        assertThat(rendered(folder.dataset(scan), 1)).isEqualTo(expected);
        assertThat(catchThrowableOfType(NarwhalException.class, () -> rendered(other.dataset(scan), 1)).problem())
                .isEqualTo(Problem.IMG_UNREADABLE);
        assertThat(different).hasSize(6 * 75);
    }

    @Test
    void predictionSeesWhatTrainingSees() throws IOException {
        var path = folder("predict");
        var set = ImageFolder.of(path).resize(7, 11).grayscale().rescale(1f / 255).dataset();
        var recipe = set.recipe().orElseThrow();
        var seen = rendered(set, 0);
        for (int i = 0; i < set.size(); i++) {
            assertThat(Preparation.of(recipe).pixels(path.resolve(set.nameOf(i))))
                    .isEqualTo(Arrays.copyOfRange(seen, i * 77, (i + 1) * 77));
        }
    }

    /// As Keras: the first ⌊fraction · n⌋ of each class in sorted order.
    @Test
    void splitsEachClassLikeKeras() throws IOException {
        var folder = home.resolve("parts");
        for (int i = 0; i < 10; i++) picture(folder.resolve("a/" + i + ".png"), i);
        for (int i = 0; i < 7; i++) picture(folder.resolve("b/" + i + ".png"), i);
        var all = prepared(folder);
        assertThat(names(all.validationSplit(0.25, Subset.VALIDATION).dataset())).containsExactly("a/0.png", "a/1.png",
                "b/0.png");
        assertThat(names(all.validationSplit(0.25, Subset.TRAINING).dataset())).hasSize(14)
                .startsWith("a/2.png", "a/3.png").endsWith("b/5.png", "b/6.png");
        assertThat(refused(all.validationSplit(0.1, Subset.VALIDATION)).problem()).isEqualTo(Problem.DATA_EMPTY_CLASS);
    }

    // ---- reliability D3: dirty folders

    @Test
    void saysWhatIsNotThere() throws IOException {
        folder("pictures");
        assertThat(refused(home.resolve("picturse"))).hasMessageContaining("did you mean")
                .hasMessageContaining("pictures").extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_NOT_FOUND);
        assertThat(refused(home.resolve("nowhere/at/all")).problem()).isEqualTo(Problem.DATA_NOT_FOUND);
        var file = Files.writeString(home.resolve("file"), "x");
        assertThat(refused(file)).hasMessageContaining("is a file").extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_NOT_FOUND);
        assertThat(refused(prepared(home.resolve("pictures")).classes("pos", "neh"))).hasMessageContaining("neg")
                .extracting(e -> ((NarwhalException) e).problem()).isEqualTo(Problem.DATA_NOT_FOUND);
    }

    @Test
    void refusesFoldersWithoutClasses() throws IOException {
        var flat = home.resolve("flat");
        picture(flat.resolve("a.png"), 1);
        assertThat(refused(flat)).hasMessageContaining("no class folders")
                .extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_ONE_CLASS);
        picture(flat.resolve("only/a.png"), 1);
        assertThat(refused(flat)).hasMessageContaining("only").extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_ONE_CLASS);
        Files.createDirectory(flat.resolve("empty"));
        assertThat(refused(flat)).hasMessageContaining("class empty has no pictures")
                .extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_EMPTY_CLASS);
        Files.write(flat.resolve("empty/bad.png"), new byte[0]);
        assertThat(refused(prepared(flat).skipBadImages(true))).hasMessageContaining("1 bad")
                .extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_EMPTY_CLASS);
    }

    @Test
    void refusesClassesThatOneCannotTellApart() throws IOException {
        var folder = folder("twins");
        picture(folder.resolve("NEG/a.png"), 1);
        assumeTrue(Files.exists(folder.resolve("neg/n0.png")) && !Files.exists(folder.resolve("NEG/n0.png")));
        assertThat(refused(folder).problem()).isEqualTo(Problem.DATA_CLASS_NAMES);
    }

    @Test
    void ignoresWhatIsNoPictureAndSaysSoOnce() throws IOException {
        var folder = folder("littered");
        var clean = names(prepared(folder).dataset());
        for (var name : List.of(".DS_Store", "neg/.DS_Store", "neg/Thumbs.db", "pos/._p0.png", "notes.txt",
                "pos/labels.csv")) {
            Files.write(folder.resolve(name), new byte[]{1, 2});
        }
        picture(folder.resolve(".ipynb_checkpoints/x.png"), 1);
        picture(folder.resolve("pos/.trash/x.png"), 1);
        picture(folder.resolve("beside.png"), 1);
        var scan = prepared(folder).scan();
        assertThat(names(prepared(folder).dataset(scan))).isEqualTo(clean);
        assertThat(scan.lines()).containsExactly("Found 6 images belonging to 2 classes.",
                "Ignored 5 hidden files and folders, the first is .DS_Store.",
                "Ignored 3 files of other kinds, the first is notes.txt.",
                "Ignored 1 picture beside the class folders: beside.png.");
    }

    @Test
    void namesAllBadPicturesInOneGo() throws IOException {
        var folder = folder("dirty");
        byte[] good = PngMaker.rgb(9, 12, 1);
        Files.write(folder.resolve("neg/a-empty.jpg"), new byte[0]);
        Files.writeString(folder.resolve("neg/b-text.png"), "not a picture");
        Files.write(folder.resolve("pos/c-cut.png"), Arrays.copyOf(good, good.length - 5));
        Files.write(folder.resolve("pos/d-really-png.jpg"), good);
        Files.createSymbolicLink(folder.resolve("pos/e-gone.png"), folder.resolve("nowhere.png"));
        Files.write(folder.resolve("pos/f.webp"), "RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII));
        for (long cache : new long[]{0, 1 << 20}) { // structure only, and decoded
            var pictures = prepared(folder).cacheBytes(cache);
            var scan = pictures.scan();
            assertThat(scan.bad()).extracting(BadPicture::name).containsExactly("neg/a-empty.jpg", "neg/b-text.png",
                    "pos/c-cut.png", "pos/e-gone.png", "pos/f.webp");
            assertThat(scan.bad()).extracting(BadPicture::problem).containsExactly(Problem.IMG_UNKNOWN_FORMAT,
                    Problem.IMG_UNKNOWN_FORMAT, Problem.IMG_TRUNCATED, Problem.IMG_UNREADABLE, Problem.IMG_UNSUPPORTED);
            assertThat(scan.notes()).containsEntry(PictureNote.WRONG_EXTENSION, 1).hasSize(1);
            assertThat(scan.lines()).anyMatch(line -> line.equals("5 bad pictures:"))
                    .anyMatch(line -> line.contains("pos/c-cut.png") && line.contains("E-IMG-TRUNCATED"));
            assertThat(refused(pictures)).hasMessageContaining("5 of 12 pictures")
                    .hasMessageContaining("neg/a-empty.jpg").extracting(e -> ((NarwhalException) e).problem())
                    .isEqualTo(Problem.IMG_UNKNOWN_FORMAT);
            var skipped = pictures.skipBadImages(true).dataset();
            assertThat(skipped.size()).isEqualTo(7);
            assertThat(skipped.fingerprint()).isNotEqualTo(prepared(folder("clean")).dataset().fingerprint());
        }
    }

    @Test
    void showsTwentyOfManyBadPictures() throws IOException {
        var folder = folder("broken");
        for (int i = 0; i < 30; i++) Files.write(folder.resolve("neg/x" + i + ".png"), new byte[0]);
        var scan = prepared(folder).scan();
        assertThat(scan.bad()).hasSize(30);
        assertThat(scan.lines()).hasSize(1 + 1 + FolderScan.SHOWN + 1).last().isEqualTo("  … and 10 more");
    }

    @Test
    void refusesTooManyPixels() throws IOException {
        var folder = folder("large");
        assertThat(refused(prepared(folder).maxPixels(107)).problem()).isEqualTo(Problem.IMG_TOO_LARGE);
        assertThat(prepared(folder).maxPixels(108).dataset().size()).isEqualTo(6);
    }

    @Test
    void neverOpensAPipe() throws Exception {
        var folder = folder("pipe");
        int made = new ProcessBuilder("mkfifo", folder.resolve("neg/pipe.png").toString()).start().waitFor();
        assumeTrue(made == 0, "no mkfifo here");
        Files.createSymbolicLink(folder.resolve("neg/to-pipe.png"), folder.resolve("neg/pipe.png"));
        Files.createSymbolicLink(folder.resolve("neg/to-zero.png"), Path.of("/dev/zero"));
        assertThat(prepared(folder).scan().bad()).hasSize(3).extracting(BadPicture::problem)
                .containsOnly(Problem.IMG_NOT_A_FILE);
    }

    @Test
    void saysWhatMayNotBeRead() throws IOException {
        var folder = folder("secret");
        var none = PosixFilePermissions.fromString("---------");
        Files.setPosixFilePermissions(folder.resolve("neg/n1.png"), none);
        assumeTrue(!Files.isReadable(folder.resolve("neg/n1.png")), "root reads everything");
        assertThat(refused(folder).problem()).isEqualTo(Problem.IMG_UNREADABLE);
        Files.setPosixFilePermissions(folder.resolve("pos"), none);
        assertThat(refused(folder)).hasMessageContaining("no permission")
                .extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_NOT_FOUND);
        Files.setPosixFilePermissions(folder.resolve("pos"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void takesLinksToFilesAndFollowsLinksToFoldersOnRequest() throws IOException {
        var folder = folder("links");
        var elsewhere = home.resolve("elsewhere");
        picture(elsewhere.resolve("x.png"), 1);
        Files.createSymbolicLink(folder.resolve("neg/link.png"), elsewhere.resolve("x.png"));
        Files.createSymbolicLink(folder.resolve("neg/more"), elsewhere);
        Files.createSymbolicLink(folder.resolve("neg/loop"), folder.resolve("neg"));
        Files.createSymbolicLink(folder.resolve("pos/up"), folder);
        assertThat(names(prepared(folder).dataset())).hasSize(7).contains("neg/link.png");
        assertThat(prepared(folder).scan().lines())
                .contains("Ignored 3 links to folders, the first is neg/loop.");
        var followed = prepared(folder).followLinks(true);
        assertThat(followed.scan().lines()).anyMatch(line -> line.contains("back to"));
        assertThat(names(followed.dataset())).contains("neg/more/x.png").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rf", "a\nb", "it's \"q\"", "<b>", "=1+1", " lead", "caf\u00e9"})
    void strangeNamesAreFine(String name) throws IOException {
        var folder = folder("strange");
        Path strange;
        try {
            strange = folder.resolve(name).resolve(name + ".png");
        } catch (InvalidPathException e) {
            assumeTrue(false, "this locale cannot write such names");
            return;
        }
        picture(strange, 1);
        var set = prepared(folder).dataset();
        assertThat(set.classNames()).contains(name);
        assertThat(names(set)).contains(name + "/" + name + ".png");
        Files.write(strange, new byte[0]);
        assertThat(refused(folder).getMessage()).doesNotContain("\n");
    }

    // ---- what happens after the scan

    @Test
    void noticesPicturesThatChange() throws IOException {
        var folder = folder("moving");
        var set = prepared(folder).cacheBytes(0).dataset();
        var file = folder.resolve("neg/n1.png");
        var pixels = new float[set.shape().size()];
        set.render(1, 0, pixels, 0);
        var before = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plus(Duration.ofSeconds(2))));
        assertThat(changed(set)).isEqualTo(Problem.IMG_CHANGED);
        Files.write(file, ByteBuffer.allocate(7).array());
        Files.setLastModifiedTime(file, before);
        assertThat(changed(set)).isEqualTo(Problem.IMG_CHANGED);
        Files.delete(file);
        assertThat(changed(set)).isEqualTo(Problem.IMG_UNREADABLE);
        Files.createDirectory(file);
        assertThat(changed(set)).isEqualTo(Problem.IMG_NOT_A_FILE);
        set.render(0, 0, pixels, 0);
    }

    private static Problem changed(Dataset set) {
        var error = catchThrowableOfType(NarwhalException.class,
                () -> set.render(1, 0, new float[set.shape().size()], 0));
        assertThat(error).isNotNull();
        assertThat(error.getMessage()).contains("n1.png");
        return error.problem();
    }
}
