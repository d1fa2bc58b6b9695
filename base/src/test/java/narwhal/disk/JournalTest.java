package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import narwhal.errors.NarwhalException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("epochs.jsonl");
    }

    @Test
    void growsLineByLine() throws IOException {
        try (var journal = Journal.create(Disk.real(), file)) {
            journal.append("one");
            journal.append("zwölf");

            assertThat(file).hasContent("one\nzwölf\n");
            assertThat(journal.length()).isEqualTo(Files.size(file));
            var crc = new CRC32C();
            crc.update(Files.readAllBytes(file));
            assertThat(journal.crc32c()).isEqualTo(crc.getValue());
        }
    }

    @Test
    void resumeCutsWhatCameAfterTheCheckpoint() {
        long length;
        long crc;
        try (var journal = Journal.create(Disk.real(), file)) {
            journal.append("one");
            length = journal.length();
            crc = journal.crc32c();
            journal.append("two");
        }
        try (var journal = Journal.resume(Disk.real(), file, length, crc)) {
            assertThat(file).hasContent("one\n");
            journal.append("two again");
        }
        assertThat(file).hasContent("one\ntwo again\n");
        try (var journal = Journal.resume(Disk.real(), file, 4)) {
            assertThat(journal.crc32c()).isEqualTo(crc);
        }
    }

    @Test
    void resumeNoticesAChangedOrShorterFile() throws IOException {
        Files.writeString(file, "one\n");

        assertThatThrownBy(() -> Journal.resume(Disk.real(), file, 4, 1)).hasMessageContaining("were changed");
        assertThatThrownBy(() -> Journal.resume(Disk.real(), file, 9)).hasMessageContaining("has 4 bytes");
        assertThatThrownBy(() -> Journal.resume(Disk.real(), folder.resolve("no"), 0))
                .isInstanceOf(NarwhalException.class);
    }

    @Test
    void createForgetsAnOlderFile() throws IOException {
        Files.writeString(file, "of another run\n");
        Journal.create(Disk.real(), file).close();

        assertThat(file).isEmptyFile();
    }

    @Test
    void aTornLineIsCutBackAndTheNextTrySucceeds() {
        var disk = FailingDisk.once(Disk.real(), FailingDisk.NO_SPACE, 6); // open, cut, force folder, write, force, write
        try (var journal = Journal.create(disk, file)) {
            journal.append("one");
            assertThatThrownBy(() -> journal.append("a longer line")).hasMessageStartingWith("E-DISK-FULL");
            assertThat(file).hasContent("one\n");
            journal.append("two");
        }
        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void nothingIsWrittenAfterAFailedForce() {
        var disk = FailingDisk.once(Disk.real(), FailingDisk.IO_ERROR, 5);
        try (var journal = Journal.create(disk, file)) {
            assertThatThrownBy(() -> journal.append("one")).hasMessageStartingWith("E-DISK-WRITE");
            assertThatThrownBy(() -> journal.append("two")).hasMessageContaining("could not be forced");
        }
    }
}
