package narwhal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import narwhal.doctor.checks.Checks;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps ids, classes, pages and histories in step, and asks each check about runs whose truth is known: those of its own kind,
/// its nearest rival, its healthy twin. Oracle: whoever made them, the script `src/test/python/make_histories.py` (`made`) or one of us
/// by hand (`written`).
class CatalogueTest {
    private static final Path PAGES = Path.of("../docs/doctor");
    private static final Path HISTORIES = Path.of("src/test/resources/narwhal/doctor/histories");

    /// What a log can never tell from another illness or mechanism: the finding that is raised names it.
    private static final Set<String> NAMED = Set.of("class-order-mismatch", "dead-relu");

    @Test
    void everyIllnessHasOneCheckOfItsName() {
        var checks = Checks.all();
        assertThat(checks).extracting(Check::illness).containsExactly(Illness.values());
        for (var check : checks) {
            var words = check.getClass().getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "-");
            assertThat(words.toLowerCase(java.util.Locale.ROOT)).isEqualTo(check.illness().id());
        }
    }

    @Test
    void everyIllnessHasAPage() throws IOException {
        var pages = new TreeSet<String>();
        try (var files = Files.list(PAGES)) {
            files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md"))
                    .forEach(name -> pages.add(name.replace(".md", "")));
        }
        assertThat(pages)
                .containsExactlyElementsOf(new TreeSet<>(Arrays.stream(Illness.values()).map(Illness::id).toList()));
        var index = Files.readString(PAGES.resolve("README.md"));
        for (var id : pages) {
            var page = Files.readString(PAGES.resolve(id + ".md"));
            assertThat(page).as(id).startsWith("# " + id + "\n").contains("## How we know", "## What to do",
                    "## What would confirm it", "## Confused with");
            assertThat(index).contains("[`" + id + "`](" + id + ".md)");
        }
    }

    static List<Path> histories() throws IOException {
        try (Stream<Path> files = Files.walk(HISTORIES)) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    @Test
    void everyCheckHasThreeOfEachKind() throws IOException {
        var names = histories().stream().map(file -> file.getParent().getFileName() + "/" + file.getFileName())
                .toList();
        for (var illness : Illness.values()) {
            assertThat(names).as(illness.id()).filteredOn(name -> name.startsWith(illness.id() + "/yes-"))
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(names).as(illness.id()).filteredOn(name -> name.startsWith(illness.id() + "/no-"))
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void eachHistoryIsSeenForWhatItIs(Path file) throws IOException {
        var id = file.getParent().getFileName().toString();
        var stated = Path.of(file.toString().replace(".log", ".facts"));
        var facts = Files.exists(stated) ? FactsReader.read(Files.readString(stated)) : Facts.NONE;
        var diagnosis = Doctor.standard().examine(Logs.read(file), facts);
        var raised = diagnosis.findings().stream().filter(finding -> finding.id().equals(id)).toList();
        var saying = file + ": " + diagnosis.findings().stream()
                .map(f -> f.severity() + " " + f.id() + " " + f.confidence()).toList();
        if (file.getFileName().toString().startsWith("info-")) {
            assertThat(raised).as(saying).isNotEmpty().allMatch(finding -> finding.severity() == Severity.INFO);
        } else if (file.getFileName().toString().startsWith("yes-")) {
            boolean named = NAMED.contains(id) && diagnosis.raised().stream()
                    .anyMatch(f -> (f.consequences() + f.remedy() + f.confirm()).contains(id));
            assertThat(!raised.isEmpty() || named).as(saying).isTrue();
        } else {
            assertThat(raised).as(saying).noneMatch(finding -> finding.severity() != Severity.INFO);
            boolean info = raised.stream().anyMatch(finding -> !finding.title().startsWith("Possibly"));
            assertThat(info && !mayBeInfo(id)).as(saying).isFalse();
        }
    }

    /// Checks that speak of ordinary things at info, so that a rival's run may show them too.
    private static boolean mayBeInfo(String id) {
        return switch (id) {
            case "lucky-best-epoch", "validation-too-small", "plateau", "underfitting", "over-regularised",
                    "stopped-too-early", "overfitting", "validation-noise", "monitor-missing", "head-loss-mismatch" ->
                true;
            default -> false;
        };
    }
}
