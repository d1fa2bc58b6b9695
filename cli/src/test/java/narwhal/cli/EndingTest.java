package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import narwhal.cli.SmallRun.Result;
import narwhal.disk.Checkpoints;
import narwhal.disk.Disk;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes that are ended in the middle, by force or by a signal, and go on. The oracle is the run that was left alone.
class EndingTest {
    private static final int EPOCHS = 40;
    private static final int KILLS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;
    private static SmallRun small;
    private static Result expected;

    @BeforeAll
    static void train() throws IOException {
        small = SmallRun.in(folder, EPOCHS);
        var outcome = Outcome.of(small.words(folder.resolve("whole")));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        expected = Result.of(folder.resolve("whole"));
    }

    private static String[] resume(Path run) {
        return new String[]{"train", "--resume", run.toString()};
    }

    /// Number of finished steps in the newest checkpoint; 0 without one.
    private static long step(Path run) throws IOException {
        if (!Files.isDirectory(run.resolve("checkpoints"))) return 0;
        try (var files = Files.list(run.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("step-\\d+.*\\.ckpt"))
                    .mapToLong(name -> Long.parseLong(name.substring(5, 14))).max().orElse(0);
        }
    }

    private static void awaitStep(FreshJvm.Started started, Path run, long step)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (step(run) < step && started.process().isAlive()) {
            if (System.nanoTime() > end) throw new AssertionError("no step " + step + " within " + PATIENCE);
            Thread.sleep(5);
        }
    }

    /// A1: after every kill the folder can be resumed without a manual step, and the end is the same.
    @Test
    void killedAgainAndAgain() throws IOException, InterruptedException {
        var random = new Random(1);
        var run = folder.resolve("killed");
        var jvm = FreshJvm.with();
        int kills = 0;
        for (int start = 0; start < KILLS; start++) {
            var started = start == 0
                    ? jvm.start(folder, small.words(run, "--checkpoint-every", "1"))
                    : jvm.start(folder, resume(run));
            awaitStep(started, run, step(run) + 4 + random.nextInt(12));
            Thread.sleep(random.nextInt(30));
            if (started.process().isAlive()) kills++;
            started.process().destroyForcibly().waitFor();
            Checkpoints.in(Disk.real(), run.resolve("checkpoints"), line -> {
                throw new AssertionError(line);
            }).newest();
        }
        assertThat(kills).isGreaterThanOrEqualTo(3);
        var last = jvm.run(folder, resume(run));

        assertThat(last.code()).as(last.err()).isZero();
        assertThat(Result.of(run)).isEqualTo(expected);
        assertThat(Files.list(run).filter(file -> file.getFileName().toString().matches("model-\\d\\d\\.ckpt")))
                .hasSize(EPOCHS);
    }

    /// A8: the step is finished and saved, the exit code says which signal it was, and resuming ends in the same weights.
    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,129"})
    void aSignalSavesAndEnds(String signal, int code) throws IOException, InterruptedException {
        assumeThat(isIgnored(code - 128)).as("SIG" + signal + " is ignored by whoever started the tests, as nohup does")
                .isFalse();
        var run = folder.resolve("signal-" + signal);
        var started = FreshJvm.with().start(folder, small.words(run));
        awaitStep(started, run, 4);
        long sent = System.nanoTime();
        started.signal(signal);
        var outcome = started.end();
        var taken = Duration.ofNanos(System.nanoTime() - sent);

        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(code);
        assertThat(taken).isLessThan(Duration.ofSeconds(10));
        assertThat(outcome.err()).contains("SIG" + signal, "Go on with: narwhal train --resume " + run);
        assertThat(Result.of(run).weights()).isEqualTo("none yet");

        var last = Outcome.of(resume(run));
        assertThat(last.code()).as(last.err()).isZero();
        assertThat(Result.of(run)).isEqualTo(expected);
    }

    /// Whether this process, and so whatever it starts, was told to ignore a signal. Source: proc(5), `SigIgn`.
    private static boolean isIgnored(int signal) throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return false;
        var mask = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst();
        return (Long.parseUnsignedLong(mask.orElseThrow().split("\\s+")[1], 16) >>> (signal - 1) & 1) == 1;
    }

    /// A9: exactly one trains, the other names it; after a kill nobody has to clean up.
    @Test
    void twoStartsInOneFolder() throws IOException, InterruptedException {
        var run = folder.resolve("shared");
        var jvm = FreshJvm.with();
        var started = new FreshJvm.Started[]{jvm.start(folder, small.words(run)), jvm.start(folder, small.words(run))};
        started[0].process().onExit().applyToEither(started[1].process().onExit(), ended -> ended).join();
        var loser = Arrays.stream(started).filter(s -> !s.process().isAlive()).findFirst().orElseThrow();
        var winner = loser == started[0] ? started[1] : started[0];
        awaitStep(winner, run, 4);
        var refused = loser.end();

        assertThat(refused.code()).as(refused.err()).isEqualTo(7);
        assertThat(refused.errors()).hasSize(1);
        assertThat(refused.err()).containsAnyOf("in use by pid " + winner.process().pid(), "E-RUN-EXISTS");
        assertThat(winner.process().isAlive()).isTrue();
        winner.process().destroyForcibly().waitFor();
        assertThat(Outcome.of(resume(run)).code()).isZero();
        assertThat(Result.of(run)).isEqualTo(expected);
    }

    @Test
    void resumedWithOtherSettingsIsRefused() {
        var outcome = Outcome.of("train", "--resume", folder.resolve("whole").toString(), "--batch-size", "4");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("E-USAGE-CONFLICT --batch-size 4: the run has 8");
    }

    @Test
    void aFinishedRunMayGetMoreEpochs() throws IOException {
        var few = folder.resolve("few");
        assertThat(Outcome.of(new SmallRun(small.pictures(), 3).words(few)).code()).isZero();
        assertThat(Outcome.of("train", "--resume", few.toString(), "--epochs", "" + EPOCHS, "--threads", "1").code())
                .isZero();
        assertThat(Result.of(few)).isEqualTo(expected);
    }
}
