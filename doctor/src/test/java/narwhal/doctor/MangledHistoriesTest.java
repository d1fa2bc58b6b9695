package narwhal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import narwhal.errors.NarwhalException;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is left of a log, the doctor answers with findings that hold no infinity, or the reader with a sentence. Oracle: the
/// absence of any other exception.
class MangledHistoriesTest {
    private static final Path HISTORIES = Path.of("src/test/resources/narwhal/doctor/histories");
    private static final String DIGITS = "0123456789.:-naife \n";
    private static final int TIMES = 3;

    static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.walk(HISTORIES, 2)) {
            return files.filter(file -> HISTORIES.relativize(file).getNameCount() == 2).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void answers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(name -> name.toString().endsWith(".log")).sorted().toList()) answer(file);
        }
    }

    private static void answer(Path file) {
        var text = read(file);
        var facts = Path.of(file.toString().replace(".log", ".facts"));
        var stated = Files.exists(facts) ? read(facts) : "";
        for (int seed = 0; seed < TIMES; seed++) {
            var random = new Random(file.getFileName().toString().hashCode() + 31L * seed);
            var mangled = mangled(text, random);
            var known = FactsReader
                    .read(stated.substring(0, stated.isEmpty() ? 0 : random.nextInt(stated.length() + 1)));
            try {
                var diagnosis = Doctor.standard()
                        .examine(Logs.read(mangled.getBytes(StandardCharsets.UTF_8), "mangled"), known);
                for (var finding : diagnosis.findings()) {
                    assertThat(finding.confidence()).as("%s, seed %d", file, seed).isBetween(0.0, 1.0);
                    assertThat(finding.title() + finding.evidence()).as("%s, seed %d", file, seed)
                            .doesNotContain("Infinity");
                }
            } catch (NarwhalException e) {
                assertThat(e).hasMessageContaining("mangled");
            }
        }
    }

    private static String mangled(String text, Random random) {
        var lines = new ArrayList<>(List.of(text.split("\n")));
        switch (random.nextInt(8)) {
            case 0 -> {
                return text.substring(0, random.nextInt(text.length() + 1));
            }
            case 1 -> {
                return text.substring(random.nextInt(text.length() + 1));
            }
            case 2 -> Collections.shuffle(lines, random);
            case 3 -> lines.removeIf(line -> random.nextInt(3) == 0);
            case 4 -> lines.addAll(random.nextInt(lines.size()), List.copyOf(lines));
            case 5 -> {
                return text.replaceAll("\\d", "0");
            }
            case 6 -> {
                return text.replaceAll("(loss: |acc\\w*: )\\d+\\.\\d+", random.nextBoolean() ? "$1nan" : "$10.0000");
            }
            default -> {
                var damaged = new StringBuilder(text);
                for (int i = 0; i < 30; i++) {
                    damaged.setCharAt(random.nextInt(damaged.length()), DIGITS.charAt(random.nextInt(DIGITS.length())));
                }
                return damaged.toString();
            }
        }
        return String.join("\n", lines);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
