package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same history comes out whatever happened to the text on its way.
class MangledLogsTest {
    static Stream<String> ways() {
        return Mangler.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void logsOfOldKeras(String way) {
        var truth = Truth.random(11);
        OldKerasTest.versions().forEach(version -> {
            for (boolean states : new boolean[]{false, true}) {
                var text = KerasPrinter.print(version, truth, states, "\n");
                matches(truth, text.getBytes(StandardCharsets.UTF_8), way, version + (states ? " with states" : ""));
            }
        });
    }

    private static void matches(Truth truth, byte[] bytes, String way, String what) {
        var mangled = Mangler.all().get(way).apply(bytes);
        try {
            truth.matches(Logs.read(mangled, what));
        } catch (NarwhalException | AssertionError e) {
            fail(what + ", " + way + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void logsOfKeras3(String way) throws IOException {
        if (way.equals("old mac line ends")) return; // A carriage return overwrites in these logs.
        for (var name : List.of("bar", "lines", "callbacks", "callbacks-terminal", "many-metrics")) {
            var bytes = Files.readAllBytes(Path.of("src/test/resources/keras", name + ".log"));
            matches(KerasLogsTest.truth(name).getFirst(), bytes, way, name);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void printedByHand(String way) {
        var truth = Truth.random(12);
        for (var style : PrintedLogsTest.STYLES) {
            matches(truth, PrintedLogsTest.print(style, truth).getBytes(StandardCharsets.UTF_8), way, style);
        }
    }

    @Test
    void cutOffAtAnyByte() throws IOException {
        for (var name : List.of("bar", "lines", "callbacks")) {
            var whole = Files.readAllBytes(Path.of("src/test/resources/keras", name + ".log"));
            var all = Logs.read(whole, name).runs().getFirst().completeEpochs();
            for (int length = 0; length < whole.length; length++) {
                var log = readOrNothing(Arrays.copyOf(whole, length), name + " cut at " + length);
                if (log != null) isBeginning(log, all, name + " cut at " + length);
            }
        }
    }

    @Test
    void begunAtAnyByte() throws IOException {
        var whole = Files.readAllBytes(Path.of("src/test/resources/keras/lines.log"));
        var all = Logs.read(whole, "lines").runs().getFirst().completeEpochs();
        for (int from = 0; from < whole.length; from++) {
            var log = readOrNothing(Arrays.copyOfRange(whole, from, whole.length), "begun at " + from);
            if (log == null) continue;
            var epochs = log.runs().getFirst().completeEpochs();
            var last = all.subList(all.size() - Math.min(all.size(), Math.max(0, epochs.size() - 1)), all.size());
            assertThat(epochs.subList(epochs.size() - last.size(), epochs.size()).stream().map(LoggedEpoch::metrics)
                    .toList())
                    .as("begun at %d", from).isEqualTo(last.stream().map(LoggedEpoch::metrics).toList());
        }
    }

    private static TrainingLog readOrNothing(byte[] bytes, String what) {
        try {
            return Logs.read(bytes, what);
        } catch (NarwhalException e) {
            assertThat(e.problem()).as(what).isEqualTo(Problem.LOG_UNKNOWN_FORMAT);
            assertThat(e.getMessage()).as(what).hasSizeLessThanOrEqualTo(400).doesNotContain("\n");
            return null;
        }
    }

    /// The complete epochs are the first of the whole log. Only a number that was cut in its last digits may differ, in the last epoch.
    private static void isBeginning(TrainingLog log, List<LoggedEpoch> all, String what) {
        assertThat(log.runs()).as(what).hasSize(1);
        var epochs = log.runs().getFirst().completeEpochs();
        assertThat(epochs.size()).as(what).isLessThanOrEqualTo(all.size());
        for (int e = 0; e < epochs.size(); e++) {
            var expected = all.get(e).metrics();
            boolean last = e == epochs.size() - 1;
            epochs.get(e).metrics().forEach((metric, reading) -> {
                var true_ = expected.get(metric);
                assertThat(true_).as("%s: %s", what, metric).isNotNull();
                if (!last) assertThat(reading).as(what).isEqualTo(true_);
            });
        }
    }
}
