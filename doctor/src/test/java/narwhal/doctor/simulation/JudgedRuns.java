package narwhal.doctor.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import narwhal.doctor.Diagnosis;
import narwhal.doctor.Doctor;
import narwhal.doctor.Finding;
import narwhal.errors.NarwhalException;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;

/// Judges the doctor on a folder of logs whose causes are known, such as `src/test/python/keras_runs.py` and `torch_runs.py` write
/// them: `labels.csv` (file, cause, what would be right as well), the logs, and NAME.facts. Each log is examined alone and with its
/// facts; printed are shares and, for each cause, what came first.
///
/// ```
/// java … narwhal.doctor.simulation.JudgedRuns FOLDER… [-v]
/// ```
public final class JudgedRuns {
    private JudgedRuns() {
    }

    enum Verdict {
        RIGHT,
        ALSO_RIGHT,
        NOT_FIRST,
        WRONG,
        SILENT,
        UNREADABLE,
        QUIET,
        ALARM
    }

    record Label(Path log, Path facts, String cause, List<String> also) {
        boolean healthy() {
            return cause.equals("healthy");
        }
    }

    public static void main(String[] words) throws IOException {
        boolean verbose = List.of(words).contains("-v");
        for (boolean stated : new boolean[]{false, true}) {
            var counts = new TreeMap<Verdict, Integer>();
            var rows = new TreeMap<String, TreeMap<String, Integer>>();
            for (var word : words) {
                if (word.equals("-v")) continue;
                for (var label : labels(Path.of(word))) {
                    Verdict verdict;
                    String first;
                    List<String> findings;
                    try {
                        var diagnosis = examine(label, stated);
                        verdict = judge(label, diagnosis);
                        first = first(diagnosis);
                        findings = diagnosis.findings().stream().map(JudgedRuns::words).toList();
                    } catch (NarwhalException e) { // a run that ended before its first epoch
                        verdict = label.healthy() ? Verdict.QUIET : Verdict.UNREADABLE;
                        first = "unreadable";
                        findings = List.of(e.getMessage());
                    }
                    counts.merge(verdict, 1, Integer::sum);
                    rows.computeIfAbsent(label.cause(), cause -> new TreeMap<>()).merge(first, 1, Integer::sum);
                    if (verbose && verdict != Verdict.RIGHT && verdict != Verdict.QUIET) {
                        System.out.println((stated ? "facts " : "alone ") + label.log().getFileName() + " " + verdict
                                + " " + findings);
                    }
                }
            }
            print(stated ? "with facts" : "from the log alone", counts, rows);
        }
    }

    static List<Label> labels(Path folder) throws IOException {
        var labels = new ArrayList<Label>();
        for (var line : Files.readAllLines(folder.resolve("labels.csv"))) {
            var cells = line.split(",", -1);
            for (var ending : new String[]{".log", ".csv", ".json"}) {
                var log = folder.resolve(cells[0] + ending);
                if (!Files.exists(log)) continue;
                labels.add(new Label(log, folder.resolve(cells[0] + ".facts"), cells[1],
                        Arrays.stream(cells[2].split(" ")).filter(word -> !word.isEmpty()).toList()));
            }
        }
        return labels;
    }

    static Diagnosis examine(Label label, boolean stated) throws IOException {
        var facts = stated
                ? FactsReader.read(Files.readString(label.facts(), StandardCharsets.UTF_8))
                : Facts.NONE;
        return Doctor.standard().examine(Logs.read(label.log()), facts);
    }

    static Verdict judge(Label label, Diagnosis diagnosis) {
        var top = Doctor.chief(diagnosis).map(Finding::id);
        if (label.healthy()) return top.isPresent() ? Verdict.ALARM : Verdict.QUIET;
        if (top.isPresent() && top.get().equals(label.cause())) return Verdict.RIGHT;
        if (top.isPresent() && label.also().contains(top.get())) return Verdict.ALSO_RIGHT;
        boolean named = diagnosis.findings().stream().anyMatch(finding -> finding.id().equals(label.cause()));
        if (named) return Verdict.NOT_FIRST;
        return top.isPresent() ? Verdict.WRONG : Verdict.SILENT;
    }

    private static String first(Diagnosis diagnosis) {
        return Doctor.chief(diagnosis).map(Finding::id).orElse("silent");
    }

    private static String words(Finding finding) {
        return String.format(Locale.ROOT, "%s %s %.2f", finding.severity(), finding.id(), finding.confidence());
    }

    private static void print(String title, TreeMap<Verdict, Integer> counts,
            TreeMap<String, TreeMap<String, Integer>> rows) {
        int healthy = counts.getOrDefault(Verdict.QUIET, 0) + counts.getOrDefault(Verdict.ALARM, 0);
        int faulty = counts.values().stream().mapToInt(n -> n).sum() - healthy;
        System.out.printf(Locale.ROOT, "%n%s: %d faulty runs, %d healthy ones%n", title, faulty, healthy);
        counts.forEach((verdict, n) -> {
            boolean ofHealthy = verdict == Verdict.QUIET || verdict == Verdict.ALARM;
            System.out.printf(Locale.ROOT, "  %-11s %4d  %5.1f %%%n",
                    verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '), n,
                    100.0 * n / Math.max(1, ofHealthy ? healthy : faulty));
        });
        rows.forEach((cause, row) -> {
            System.out.printf(Locale.ROOT, "  %-26s", cause);
            row.entrySet().stream().sorted((a, b) -> b.getValue() - a.getValue())
                    .forEach(e -> System.out.print("  " + e.getKey() + " " + e.getValue()));
            System.out.println();
        });
    }
}
