package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import narwhal.history.log.Run;
import narwhal.history.log.Series;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Known curves, printed as many people's loops print theirs, must come back: the formats stand in `printed-formats.txt`.
class PrintedFormatsTest {
    private static final int EPOCHS = 8;
    /// Hits are cut to whole ones of 10,000.
    private static final double CUT = 1.01e-4;
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)(?::([^}]*))?}");
    private static final Map<String, Metric> CURVES = Map.of("tl", Metric.LOSS, "ta", Metric.ACCURACY, "vl",
            Metric.VAL_LOSS, "va", Metric.VAL_ACCURACY);

    private record Format(String name, List<String> curves, String head, String lines) {
        String printed() {
            return head + IntStream.rangeClosed(1, EPOCHS).mapToObj(epoch -> filled(lines, epoch))
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Format> formats() throws IOException {
        try (var in = PrintedFormatsTest.class.getResourceAsStream("/printed-formats.txt")) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^## ")).skip(1).map(PrintedFormatsTest::format);
        }
    }

    private static Format format(String block) {
        var lines = new ArrayList<>(block.lines().toList());
        var title = lines.removeFirst().split(": ");
        var head = lines.stream().filter(line -> line.startsWith("!")).map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
        var rest = lines.stream().filter(line -> !line.startsWith("!")).map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Format(title[0], List.of(title[1].split(" ")), head, rest);
    }

    private static double value(String name, int epoch) {
        return switch (name) {
            case "e" -> epoch;
            case "e0" -> epoch - 1;
            case "N" -> EPOCHS;
            case "tl" -> 0.11 + 2 * Math.exp(-0.25 * epoch);
            case "ta" -> 1 - 0.7 * Math.exp(-0.3 * epoch);
            case "vl" -> 0.31 + 1.9 * Math.exp(-0.2 * epoch);
            case "va" -> 0.95 - 0.6 * Math.exp(-0.3 * epoch);
            case "tap" -> 100 * value("ta", epoch);
            case "vap" -> 100 * value("va", epoch);
            case "terr" -> 100 - value("tap", epoch);
            case "verr" -> 1 - value("va", epoch);
            case "tc" -> Math.floor(50_000 * value("ta", epoch));
            case "vc" -> Math.floor(10_000 * value("va", epoch));
            case "lr" -> 1e-3 * Math.pow(0.9, epoch);
            case "s" -> 12.3 + epoch;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String filled(String lines, int epoch) {
        return FIELD.matcher(lines.replace("{{", "\u0001").replace("}}}", "}\u0002"))
                .replaceAll(field -> text(field.group(1), Objects.requireNonNullElse(field.group(2), ""), epoch))
                .replace('\u0001', '{').replace('\u0002', '}');
    }

    private static String text(String name, String as, int epoch) {
        if (name.equals("ep")) return String.format("%03d", epoch);
        double value = value(name, epoch);
        boolean whole = name.equals("e") || name.equals("e0") || name.equals("N") || name.endsWith("c");
        if (as.endsWith("%")) return String.format(Locale.ROOT, "%.2f%%", 100 * value);
        if (whole) {
            var width = as.replace("d", "").replace(">", "");
            return String.format("%" + width + "d", (long) value);
        }
        return as.isEmpty() ? Double.toString(value) : String.format(Locale.ROOT, "%" + as, value);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void curvesComeBack(Format format) {
        var log = Logs.read(format.printed().getBytes(StandardCharsets.UTF_8), format.name());
        assertThat(log.runs()).hasSize(1);
        var run = log.runs().getFirst();
        for (var curve : format.curves()) {
            var series = series(run, Objects.requireNonNull(CURVES.get(curve)));
            assertThat(series.epochs()).as(curve).hasSize(EPOCHS);
            for (int i = 0; i < EPOCHS; i++) {
                var reading = series.points().get(i).reading();
                assertThat(reading.value()).as(curve + " in epoch " + (i + 1))
                        .isCloseTo(value(curve, i + 1), within(1.01 * reading.half() + CUT));
            }
        }
    }

    private static Series series(Run run, Metric metric) {
        return metric.role() == Role.TRAINING ? run.series(metric) : run.evaluation(metric.name());
    }
}
