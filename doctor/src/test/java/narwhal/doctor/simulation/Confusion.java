package narwhal.doctor.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.IntStream;
import narwhal.doctor.Diagnosis;
import narwhal.doctor.Doctor;
import narwhal.doctor.Finding;
import narwhal.doctor.Severity;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;

/// Measures the doctor on simulated runs: confusion matrix, false alarms, calibration.
///
/// ```
/// java … narwhal.doctor.simulation.Confusion HEALTHY_RUNS FAULTY_RUNS_EACH
/// ```
public final class Confusion {
    private final TreeMap<String, TreeMap<String, Integer>> matrix = new TreeMap<>();
    private final List<double[]> sure = new ArrayList<>();

    private Confusion() {
    }

    public static void main(String[] words) {
        var confusion = new Confusion();
        int healthy = Integer.parseInt(words[0]);
        int faulty = Integer.parseInt(words[1]);
        for (var truth : Simulator.TRUTHS) confusion.measure(truth, truth.equals("healthy") ? healthy : faulty);
        System.out.print(confusion);
    }

    static Confusion of(int healthy) {
        var confusion = new Confusion();
        confusion.measure("healthy", healthy);
        return confusion;
    }

    private void measure(String truth, int runs) {
        var row = matrix.computeIfAbsent(truth, key -> new TreeMap<>());
        var tops = IntStream.range(0, runs).parallel().mapToObj(seed -> examine(truth, seed)).toList();
        for (var diagnosis : tops) {
            var top = Doctor.chief(diagnosis).map(Finding::id).orElse("silent");
            row.merge(top, 1, Integer::sum);
            for (var finding : diagnosis.findings()) {
                if (finding.severity() == Severity.INFO && !finding.title().startsWith("Possibly")) continue;
                sure.add(new double[]{finding.confidence(), finding.id().equals(truth) ? 1 : 0});
            }
        }
    }

    static Diagnosis examine(String truth, long seed) {
        var run = Simulator.run(truth, seed);
        var facts = seed % 2 == 0 ? Facts.NONE : FactsReader.read(run.facts());
        return Doctor.standard().examine(Logs.read(run.log().getBytes(StandardCharsets.UTF_8), truth + " " + seed),
                facts);
    }

    /// Runs whose first finding above information is not the truth, for a healthy run any such finding.
    double alarms() {
        var row = matrix.get("healthy");
        int all = row.values().stream().mapToInt(n -> n).sum();
        return 1 - (double) row.getOrDefault("silent", 0) / all;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        matrix.forEach((truth, row) -> {
            int all = row.values().stream().mapToInt(n -> n).sum();
            text.append(String.format(Locale.ROOT, "%-26s %6d runs:", truth, all));
            row.entrySet().stream().sorted((a, b) -> b.getValue() - a.getValue()).forEach(entry -> text.append(
                    String.format(Locale.ROOT, "  %s %.1f %%", entry.getKey(), 100.0 * entry.getValue() / all)));
            text.append('\n');
        });
        text.append("confidence  right  findings\n");
        for (double low : new double[]{0.5, 0.6, 0.75, 0.9, 0.95, 0.99}) {
            double high = low == 0.5
                    ? 0.6
                    : low == 0.6 ? 0.75 : low == 0.75 ? 0.9 : low == 0.9 ? 0.95 : low == 0.95 ? 0.99 : 1.1;
            var inside = sure.stream().filter(s -> s[0] >= low && s[0] < high).toList();
            if (inside.isEmpty()) continue;
            text.append(String.format(Locale.ROOT, "%.2f-%.2f   %5.3f  %d%n", low, Math.min(1, high),
                    inside.stream().mapToDouble(s -> s[1]).average().orElse(0), inside.size()));
        }
        return text.toString();
    }
}
