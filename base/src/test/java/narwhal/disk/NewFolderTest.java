package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFolderTest {
    @TempDir
    private Path home;

    @Test
    void appearsWhole() throws IOException {
        var original = Files.writeString(home.resolve("original"), "copied");
        var target = home.resolve("deep").resolve("out");
        try (var folder = NewFolder.create(Disk.real(), target, 10)) {
            folder.write(Path.of("a", "b", "one"), "written".getBytes(StandardCharsets.UTF_8));
            folder.copy(Path.of("a", "two"), original);
            folder.link(Path.of("three"), original);
            assertThat(target).doesNotExist();
            folder.finish();
        }
        assertThat(target.resolve("a/b/one")).hasContent("written");
        assertThat(target.resolve("a/two")).hasContent("copied").isRegularFile();
        assertThat(target.resolve("three")).hasContent("copied").isSymbolicLink();
        assertThat(names(home.resolve("deep"))).containsExactly("out");
    }

    @Test
    void takesThePlaceOfAnEmptyFolder() throws IOException {
        var target = Files.createDirectory(home.resolve("out"));
        try (var folder = NewFolder.create(Disk.real(), target, 0)) {
            folder.write(Path.of("x"), new byte[3]);
            folder.finish();
        }
        assertThat(names(target)).containsExactly("x");
    }

    @Test
    void leavesNothingWhenItIsNotFinished() throws IOException {
        try (var folder = NewFolder.create(Disk.real(), home.resolve("out"), 0)) {
            folder.write(Path.of("a", "b", "x"), new byte[3]);
            folder.write(Path.of("y"), new byte[3]);
        }
        assertThat(names(home)).isEmpty();
    }

    @Test
    void touchesNothingThatIsThere() throws IOException {
        var target = Files.createDirectory(home.resolve("out"));
        Files.writeString(target.resolve("mine"), "mine");
        assertThatThrownBy(() -> NewFolder.create(Disk.real(), target, 0)).isInstanceOf(NarwhalException.class)
                .hasMessageContaining("not empty").extracting("problem").isEqualTo(Problem.USAGE_VALUE);
        var file = Files.writeString(home.resolve("file"), "mine");
        assertThatThrownBy(() -> NewFolder.create(Disk.real(), file, 0)).isInstanceOf(NarwhalException.class);
        var dangling = Files.createSymbolicLink(home.resolve("link"), home.resolve("nowhere"));
        assertThatThrownBy(() -> NewFolder.create(Disk.real(), dangling, 0)).isInstanceOf(NarwhalException.class);
        assertThat(target.resolve("mine")).hasContent("mine");
        assertThat(file).hasContent("mine");
    }

    /// A folder that somebody filled in the meantime is not replaced.
    @Test
    void doesNotReplaceWhatCameInTheMeantime() throws IOException {
        var target = home.resolve("out");
        try (var folder = NewFolder.create(Disk.real(), target, 0)) {
            folder.write(Path.of("x"), new byte[3]);
            Files.createDirectory(target);
            Files.writeString(target.resolve("mine"), "mine");
            assertThatThrownBy(folder::finish).isInstanceOf(NarwhalException.class);
        }
        assertThat(target.resolve("mine")).hasContent("mine");
        assertThat(names(home)).containsExactly("out");
    }

    @Test
    void saysWhatIsNeededOnAFullDisk() {
        assertThatThrownBy(() -> NewFolder.create(Disk.real(), home.resolve("out"), Long.MAX_VALUE))
                .isInstanceOf(NarwhalException.class).extracting("problem").isEqualTo(Problem.DISK_FULL);
    }

    @Test
    void leavesNothingWhereverTheDiskFails() throws IOException {
        for (int n = 1;; n++) {
            var disk = FailingDisk.once(Disk.real(), FailingDisk.NO_SPACE, n);
            boolean failed = false;
            try (var folder = NewFolder.create(disk, home.resolve("out"), 0)) {
                folder.write(Path.of("a", "x"), new byte[30]);
                folder.write(Path.of("b", "y"), new byte[30]);
                folder.finish();
            } catch (NarwhalException e) {
                failed = true;
                assertThat(e.problem()).isEqualTo(Problem.DISK_FULL);
            }
            boolean there = Files.exists(home.resolve("out"));
            if (there) {
                assertThat(names(home)).containsExactly("out");
                assertThat(home.resolve("out/b/y")).hasSize(30);
                break; // whole, though perhaps the force of the folder above failed
            }
            assertThat(failed).isTrue();
            assertThat(names(home)).isEmpty();
        }
    }

    @Test
    void refusesNamesThatLeadOutOfIt() {
        try (var folder = NewFolder.create(Disk.real(), home.resolve("out"), 0)) {
            for (var name : List.of(Path.of("..", "x"), Path.of("a", "..", "..", "x"), home.resolve("x"),
                    Path.of(""))) {
                assertThatThrownBy(() -> folder.write(name, new byte[1])).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var stream = Files.list(folder)) {
            return stream.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
