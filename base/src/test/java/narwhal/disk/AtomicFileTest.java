package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongFunction;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "something new, of another length".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void writeOld() {
        file = folder.resolve("model.h5");
        Disk.real().replace(file, OLD);
    }

    @Test
    void replacesAFileAndLeavesNothingBehind() {
        Disk.real().replace(file, NEW);

        assertThat(file).hasBinaryContent(NEW);
        assertThat(folder.toFile().list()).containsExactly("model.h5");
    }

    /// For every operation: the old file or the new one, whole; one clear line; the next try succeeds.
    @Test
    void survivesAFailureOfEachOperation() {
        failEach(n -> FailingDisk.once(Disk.real(), FailingDisk.IO_ERROR, n), Problem.DISK_WRITE, true);
        failEach(n -> FailingDisk.once(Disk.real(), FailingDisk.NO_SPACE, n), Problem.DISK_FULL, true);
        failEach(n -> FailingDisk.once(Disk.real(), "Permission denied", n), Problem.DISK_PERMISSION, true);
        failEach(n -> FailingDisk.forEver(Disk.real(), FailingDisk.IO_ERROR, n), Problem.DISK_WRITE, false);
    }

    private void failEach(LongFunction<FailingDisk> disks, Problem expected, boolean cleanedUp) {
        for (long n = 1;; n++) {
            writeOld();
            var disk = disks.apply(n);
            var failure = catchThrowableOfType(NarwhalException.class, () -> disk.replace(file, NEW));
            if (!disk.hasFailed()) {
                assertThat(n).as("operations of a replace").isEqualTo(7);
                return;
            }
            assertThat(failure.problem()).isEqualTo(expected);
            assertThat(failure).hasMessageContaining(file.toString()).hasMessageMatching("E-DISK-[A-Z]+ .*");
            boolean moved = n == 6; // only the force of the folder comes behind the move
            assertThat(file).hasBinaryContent(moved ? NEW : OLD);
            if (cleanedUp) assertThat(folder.toFile().list()).containsExactly("model.h5");
            AtomicFile.sweep(Disk.real(), folder);
            assertThat(folder.toFile().list()).containsExactly("model.h5");
            Disk.real().replace(file, NEW);
            assertThat(file).hasBinaryContent(NEW);
        }
    }

    /// Reliability A6: the disk is full after any number of bytes.
    @Test
    void aFullDiskKeepsTheOldFileAndSaysTheNumbers() {
        var content = new byte[6_400];
        for (int room = 0; room < 6_400; room += 100) {
            var disk = FailingDisk.full(Disk.real(), room);

            assertThatThrownBy(() -> disk.replace(file, content)).isInstanceOf(NarwhalException.class)
                    .hasMessageStartingWith("E-DISK-FULL " + file + ": needs 6,400 bytes, ")
                    .hasMessageMatching(".*[0-9,]+ are free.*");
            assertThat(file).hasBinaryContent(OLD);
            assertThat(folder.toFile().list()).containsExactly("model.h5");
        }
        Disk.real().replace(file, content);
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void asksForFreeSpaceBeforeItWrites() {
        var content = new Content() {
            @Override
            public long length() {
                return Long.MAX_VALUE / 4;
            }

            @Override
            public void writeTo(Target out) {
                throw new AssertionError("must not be asked");
            }
        };

        assertThatThrownBy(() -> Disk.real().replace(file, content)).hasMessageMatching(
                "E-DISK-FULL .*needs 2,[0-9,]+ bytes, [0-9,]+ are free; free some space; the previous file is intact");
    }

    @Test
    void noticesADiskThatKeepsOtherBytesThanItWasGiven() {
        var liar = new ForwardingDisk(Disk.real()) {
            @Override
            Disk.Output wrap(Disk.Output out) {
                return new ForwardingOutput(out) {
                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        var changed = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                        super.write(changed.put(3, (byte) 0));
                    }
                };
            }
        };

        assertThatThrownBy(() -> liar.replace(file, NEW)).hasMessageContaining("read back");
        assertThat(file).hasBinaryContent(OLD);
    }

    @Test
    void anInterruptDoesNotHarmTheFile() {
        Thread.currentThread().interrupt();
        Disk.real().replace(file, NEW);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void contentThatWritesAnotherLengthThanAnnouncedIsNotSaved() {
        var content = new Content() {
            @Override
            public long length() {
                return 5;
            }

            @Override
            public void writeTo(Target out) throws IOException {
                out.write(ByteBuffer.wrap(NEW));
            }
        };

        assertThatThrownBy(() -> Disk.real().replace(file, content)).isInstanceOf(IllegalStateException.class);
        assertThat(file).hasBinaryContent(OLD);
        assertThat(folder.toFile().list()).containsExactly("model.h5");
    }

    @Test
    void sweepsOnlyWhatItMade() throws IOException {
        Files.createFile(folder.resolve(".model.h5.123-4.narwhal-tmp"));
        Files.createFile(folder.resolve("notes.tmp"));
        Files.createFile(folder.resolve("my.narwhal-tmp"));

        AtomicFile.sweep(Disk.real(), folder);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("model.h5", "notes.tmp", "my.narwhal-tmp");
    }

    @Test
    void longNamesWork() {
        var longName = folder.resolve("海".repeat(80) + ".h5");

        Disk.real().replace(longName, NEW);

        assertThat(longName).hasBinaryContent(NEW);
    }

    @Test
    void aMissingFolderIsOneClearLine() {
        var missing = folder.resolve("no").resolve("model.h5");

        assertThatThrownBy(() -> Disk.real().replace(missing, NEW)).isInstanceOf(NarwhalException.class)
                .hasMessageContaining("NoSuchFileException");
    }
}
