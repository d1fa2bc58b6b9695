package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import narwhal.errors.NarwhalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path folder;
    private final List<String> warnings = new ArrayList<>();

    private Checkpoints open(Disk disk) {
        return Checkpoints.in(disk, folder, warnings::add);
    }

    private static Container at(int step) {
        return SmallRun.checkpoint(step, 0, 0);
    }

    @Test
    void keepsTheNewestTwoAndTheBest() {
        var checkpoints = open(Disk.real());
        for (int step = 1; step <= 6; step++)
            checkpoints.save(at(step), step == 2 || step == 3);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("step-000000003-best.ckpt",
                "step-000000005.ckpt", "step-000000006.ckpt");
        assertThat(checkpoints.newest().step()).isEqualTo(6);
        assertThat(checkpoints.best()).hasValue(folder.toAbsolutePath().resolve("step-000000003-best.ckpt"));
        assertThat(warnings).isEmpty();
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        var foreign = Files.createFile(folder.resolve("orca-01-0.56.ckpt"));
        var checkpoints = open(Disk.real());
        for (int step = 1; step <= 4; step++)
            checkpoints.save(at(step), false);

        assertThat(foreign).exists();
    }

    /// Reliability A7, second half: every damage falls back, and says so.
    @Test
    void fallsBackToThePreviousOneWhenTheNewestIsDamaged() throws IOException {
        var saved = open(Disk.real());
        saved.save(at(1), false);
        saved.save(at(2), false);
        var newest = saved.newest().file();
        var whole = Files.readAllBytes(newest);
        var random = new Random(3);
        for (int i = 0; i < 500; i++) {
            var damaged = whole.clone();
            damaged[i < 20 ? i : random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(newest, damaged);
            warnings.clear();

            assertThat(open(Disk.real()).newest().step()).isEqualTo(1);
            assertThat(warnings).singleElement().asString().contains("E-CKPT-DAMAGED").contains(newest.toString());
        }
    }

    @Test
    void twoValidOnesAreKeptBehindADamagedOne() throws IOException {
        var checkpoints = open(Disk.real());
        for (int step = 1; step <= 3; step++)
            checkpoints.save(at(step), false);
        Files.write(folder.resolve("step-000000003.ckpt"), new byte[9]);

        var again = open(Disk.real());
        again.save(at(4), false);

        assertThat(folder.toFile().list()).contains("step-000000002.ckpt", "step-000000004.ckpt");
        again.save(at(5), false);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("step-000000004.ckpt", "step-000000005.ckpt");
    }

    @Test
    void aFileUnderAnotherStepIsNotBelieved() throws IOException {
        var checkpoints = open(Disk.real());
        checkpoints.save(at(1), false);
        Files.copy(folder.resolve("step-000000001.ckpt"), folder.resolve("step-000000009.ckpt"));

        assertThat(checkpoints.newest().step()).isEqualTo(1);
        assertThat(warnings).singleElement().asString().contains("another step");
    }

    @Test
    void nothingValidIsSaid() throws IOException {
        assertThatThrownBy(() -> open(Disk.real()).newest()).hasMessageContaining("holds no checkpoint");
        Files.write(folder.resolve("step-000000001.ckpt"), new byte[100]);
        assertThatThrownBy(() -> open(Disk.real()).newest()).hasMessageStartingWith("E-CKPT-NONE-VALID")
                .hasMessageContaining("all 1 checkpoints are damaged");
    }

    /// A failing disk loses nothing: two failures are warnings, the third in a row stops the run.
    @Test
    void threeFailuresInARowStopTheRun() {
        open(Disk.real()).save(at(1), false);
        var healthyAtFirst = FailingDisk.forEver(Disk.real(), FailingDisk.NO_SPACE, 3);
        var checkpoints = Checkpoints.in(healthyAtFirst, folder, warnings::add);

        assertThat(checkpoints.save(at(2), false)).isFalse();
        assertThat(checkpoints.save(at(3), false)).isFalse();
        assertThat(warnings).hasSize(2).allMatch(w -> w.contains("E-DISK-FULL"));
        assertThatThrownBy(() -> checkpoints.save(at(4), false)).isInstanceOf(NarwhalException.class)
                .hasMessageStartingWith("E-DISK-FULL");
        assertThat(open(Disk.real()).newest().step()).isEqualTo(1);
    }

    @Test
    void aSaveAfterAFailureStartsTheCountAgain() {
        var checkpoints = Checkpoints.in(FailingDisk.once(Disk.real(), FailingDisk.IO_ERROR, 5), folder, warnings::add);

        assertThat(checkpoints.save(at(1), false)).isFalse();
        assertThat(checkpoints.save(at(2), false)).isTrue();
        assertThat(checkpoints.newest().step()).isEqualTo(2);
    }

    /// Whatever operation fails, the newest valid checkpoint is at least the last one that was reported as saved.
    @Test
    void aFailureOfAnyOperationLosesNothing() throws IOException {
        failAny(n -> FailingDisk.once(Disk.real(), FailingDisk.IO_ERROR, n));
        failAny(n -> FailingDisk.forEver(Disk.real(), FailingDisk.NO_SPACE, n));
    }

    private void failAny(LongFunction<FailingDisk> disks) throws IOException {
        for (long n = 1;; n++) {
            try (var old = Files.newDirectoryStream(folder)) {
                for (var file : old)
                    Files.delete(file);
            }
            var disk = disks.apply(n);
            int announced = runUntilItStops(disk);
            if (announced > 0) assertThat(open(Disk.real()).newest().step()).isGreaterThanOrEqualTo(announced);
            if (!disk.hasFailed()) return;
        }
    }

    private int runUntilItStops(Disk disk) {
        int announced = 0;
        try {
            var checkpoints = Checkpoints.in(disk, folder, warnings::add);
            for (int step = 1; step <= 5; step++)
                if (checkpoints.save(at(step), step == 2)) announced = step;
        } catch (NarwhalException e) {
            assertThat(e).hasMessageMatching("E-DISK-.*");
        }
        return announced;
    }
}
