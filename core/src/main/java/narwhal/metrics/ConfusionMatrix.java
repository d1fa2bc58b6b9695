package narwhal.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How many samples of each class were recognised as each class. Rows are what a sample is, columns what it was taken for.
///
/// @param classNames in the order of their numbers
/// @param rows one list for each class, of one count for each class
public record ConfusionMatrix(List<String> classNames, List<List<Long>> rows) {
    public ConfusionMatrix {
        classNames = List.copyOf(classNames);
        rows = rows.stream().map(List::copyOf).toList();
        int n = classNames.size();
        if (rows.size() != n || rows.stream().anyMatch(row -> row.size() != n)) {
            throw new IllegalArgumentException("a confusion matrix of " + n + " classes has " + n + " rows of " + n);
        }
    }

    /// From counts by actual and predicted class.
    public static ConfusionMatrix of(List<String> classNames, long[][] counts) {
        var rows = new ArrayList<List<Long>>();
        for (long[] row : counts) rows.add(Arrays.stream(row).boxed().toList());
        return new ConfusionMatrix(classNames, rows);
    }

    /// Samples of class `actual` that were taken for class `predicted`.
    public long count(int actual, int predicted) {
        return rows.get(actual).get(predicted);
    }

    /// Share of samples that were recognised; 0 if there are none.
    public double accuracy() {
        long right = IntStream.range(0, rows.size()).mapToLong(c -> count(c, c)).sum();
        return share(right, rows.stream().flatMap(List::stream).mapToLong(n -> n).sum());
    }

    /// Share of the samples taken for this class that are of it; 0 if there are none.
    public double precision(int of) {
        return share(count(of, of), rows.stream().mapToLong(row -> row.get(of)).sum());
    }

    /// Share of the samples of this class that were recognised; 0 if there are none.
    public double recall(int of) {
        return share(count(of, of), rows.get(of).stream().mapToLong(n -> n).sum());
    }

    /// Harmonic mean of precision and recall; 0 if both are.
    public double f1(int of) {
        double sum = precision(of) + recall(of);
        return sum == 0 ? 0 : 2 * precision(of) * recall(of) / sum;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /// A table for people, a line for each class.
    @Override
    public String toString() {
        int names = Math.max(6, classNames.stream().mapToInt(String::length).max().orElse(0));
        int width = Math.max(5,
                rows.stream().flatMap(List::stream).mapToInt(n -> n.toString().length()).max().orElse(1));
        var text = new StringBuilder(pad("", names));
        for (int c = 0; c < rows.size(); c++) text.append("  ").append(right("→ " + c, width));
        for (int c = 0; c < rows.size(); c++) {
            text.append('\n').append(pad(classNames.get(c), names));
            for (long count : rows.get(c)) text.append("  ").append(right(Long.toString(count), width));
        }
        return text.toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
