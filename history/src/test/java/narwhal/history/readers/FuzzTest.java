package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.facts.FactsReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that comes in makes a reader throw anything but its one error, hang, or need more than a few times the size of the input.
class FuzzTest {
    private static final String[] PIECES = {"Epoch ", "1/10", "10/10 [====", "==>...", "] - ", "ETA: ", "12s",
        " 5ms/step", " - loss: ", "0.6931", "val_", "acc: ",
        "nan", "inf", "-inf", "1e-", "1e-05", "e+", ".", "\n", "\r", "\b\b\b", "\u001b[", "\u001b[1m", "\u001b]0;",
        "━━━━", "{", "}", "[", "]", "(", ")", "'", "\"", "\\",
        "\\u00", "\\n", ",", ";", "\t", "|", "%|", "100%|", " 3/5 [00:01<00:02, 3.1it/s, ", "loss=", ":", "= ", "<pre>",
        "</pre>", "<br", "&lt;", "&#x", "\"text\": [",
        "{\"cells\": [", "WARNING:", ".py:12:", "W tensorflow", "2019-07-01 12:00:00", "I0701 12:00:00.0 1 f.py:1] ",
        "Found 10 images belonging to", " 2 classes.",
        "Train on ", "validate", "Layer (type)  Output Shape  Param #", "____", "│", "(None, 3)", "Total params: 12",
        "epoch,loss,acc\n", "0,1.5,0.5\n", "step 3 ",
        "Batch 3/4", "(9/10)", "test", "model.add(", "Dense(", "x = ", "# ", "adam", "0x1F", "99999999999999999999999",
        "\u0000", "\ufeff", "é", "验证", "💥",
        "```", "> ", "- ", "* ", "Epoch 00001: val_loss improved from inf to 0.5, saving model to x", "no ", "batch ",
        " -> ", "64", "x"};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void piecesInAnyOrder(int seed) {
        pieces(seed, 1_500);
    }

    /// Ten minutes of it, from a seed that is new every time; a failure names it.
    @Test
    @Tag("slow")
    void piecesInAnyOrderForTenMinutes() {
        long end = System.nanoTime() + 600_000_000_000L;
        for (int seed = (int) System.nanoTime(); System.nanoTime() < end; seed++) pieces(seed, 1_500);
    }

    private static void pieces(int seed, int rounds) {
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            var text = new StringBuilder();
            int count = 1 + random.nextInt(120);
            for (int i = 0; i < count; i++) text.append(PIECES[random.nextInt(PIECES.length)]);
            check(text.toString().getBytes(StandardCharsets.UTF_8), "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void bytesOfEveryKind(int seed) {
        var random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            var bytes = new byte[random.nextInt(600)];
            random.nextBytes(bytes);
            check(bytes, "seed " + seed + ", round " + round);
        }
    }

    @Test
    void damagedRealLogs() throws IOException {
        var random = new Random(7);
        for (var bytes : realLogs()) {
            for (int round = 0; round < 150; round++) {
                var damaged = bytes.clone();
                for (int hit = 0; hit < 1 + random.nextInt(20); hit++)
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                int from = random.nextInt(damaged.length);
                int to = from + random.nextInt(damaged.length - from);
                check(round % 2 == 0 ? damaged : Arrays.copyOfRange(damaged, from, to), "round " + round);
            }
        }
    }

    private static List<byte[]> realLogs() throws IOException {
        var logs = new ArrayList<byte[]>();
        for (var name : List.of("bar.log", "callbacks-terminal.log", "summary.log", "callbacks.csv", "history.json",
                "history.py.txt")) {
            logs.add(Files.readAllBytes(Path.of("src/test/resources/keras", name)));
        }
        for (var style : PrintedLogsTest.STYLES)
            logs.add(PrintedLogsTest.print(style, Truth.random(3)).getBytes(StandardCharsets.UTF_8));
        return logs;
    }

    private static void check(byte[] bytes, String what) {
        long start = SpeedCheck.processorNanos();
        try {
            var log = Logs.read(bytes, "fuzz");
            assertThat(log.runs()).isNotEmpty();
            for (var run : log.runs()) {
                assertThat(run.epochs()).isNotEmpty();
                run.metrics().forEach(run::series);
                run.validationEvery();
            }
        } catch (NarwhalException e) {
            assertThat(e.problem()).as(what).isEqualTo(Problem.LOG_UNKNOWN_FORMAT);
            assertThat(e.getMessage()).as(what).doesNotContain("\n").hasSizeLessThanOrEqualTo(400);
        } catch (RuntimeException | StackOverflowError e) {
            fail(what + ": " + e + " on " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
        try {
            FactsReader.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError e) {
            fail(what + ", facts: " + e + " on " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
        assertThat(Duration.ofNanos(SpeedCheck.processorNanos() - start)).as(what).isLessThan(Duration.ofSeconds(5));
    }

    /// A text of one piece again and again, or of two that open each other: what would make a search quadratic or a recursion deep.
    @Test
    void longRepetitions() {
        for (var piece : PIECES) repeated(piece, 60_000);
        for (var piece : List.of("[[", "{'a':", "((((", "x(", "-", "1 - ", "Epoch 1/2 ", "1/2 [====] ", "loss: 0.1 ",
                "a.py:1: ", "{\"loss\": [", "[1,", "\\\\r", "[1m",
                "f(x=", "Dense(1)", "128 -> ", "&amp", "< ", "<a ", "1e5", "Epoch 1 loss 0.5 ", "acc.")) {
            repeated(piece, 300_000);
        }
    }

    private static void repeated(String piece, int length) {
        check(piece.repeat(length / piece.length()).getBytes(StandardCharsets.UTF_8), "repeated " + piece);
    }

    /// 20 MB of log in under two seconds of processor time, once the machine is warm: how busy it is with other things says nothing
    /// about the readers.
    @Test
    @Tag("slow")
    void twentyMegabytes() throws Exception {
        for (var kind : SpeedCheck.kinds().entrySet()) {
            var bytes = kind.getValue().call();
            SpeedCheck.read(bytes);
            long millis = SpeedCheck.read(bytes);
            assertThat(millis).as(kind.getKey()).isLessThan(2_000);
        }
    }
}
