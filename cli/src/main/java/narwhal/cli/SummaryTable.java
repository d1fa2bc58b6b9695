package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import narwhal.engine.Shape;
import narwhal.layers.Builder.Built;
import narwhal.layers.Parameter;
import narwhal.models.Model;

/// A model as the table that Keras 3 prints for `model.summary()`.
///
/// Source: `keras/src/utils/summary_utils.py` of Keras 3; how a table shrinks to its width is that of the Python library
/// Rich, which draws it there.
final class SummaryTable {
    private static final int WIDEST = 88;
    private static final double[] COLUMN_ENDS = {0.45, 0.80, 1.0};
    private static final int PADDING = 2;
    private static final int BORDERS = 4;

    private final int[] widths;

    /// @param terminal columns of the terminal
    SummaryTable(int terminal) {
        this.widths = widths(Math.min(WIDEST, terminal - 4));
    }

    /// The lines of the table and of the counts under it.
    List<String> of(Model model) {
        return of(model.layers());
    }

    /// The same for layers that were built or planned.
    List<String> of(List<Built> layers) {
        var lines = new ArrayList<String>();
        lines.add("Model: \"sequential\"");
        lines.add(border("┏", "━", "┳", "┓"));
        addRow(lines, "┃", List.of("Layer (type)", "Output Shape", "Param #"));
        lines.add(border("┡", "━", "╇", "┩"));
        for (int i = 0; i < layers.size(); i++) {
            if (i > 0) lines.add(border("├", "─", "┼", "┤"));
            var layer = layers.get(i);
            addRow(lines, "│", List.of(layer.name() + " (" + layer.layer().kind() + ")", shape(layer.output()),
                    number(count(layer.parameters()))));
        }
        lines.add(border("└", "─", "┴", "┘"));
        var parameters = layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        long total = count(parameters);
        long trainable = count(parameters.stream().filter(Parameter::trainable).toList());
        lines.add(" Total params: " + size(total));
        lines.add(" Trainable params: " + size(trainable));
        lines.add(" Non-trainable params: " + size(total - trainable));
        return lines;
    }

    private static long count(List<Parameter> parameters) {
        return parameters.stream().mapToLong(parameter -> parameter.value().shape().size()).sum();
    }

    private static String shape(Shape shape) {
        return IntStream.range(0, shape.rank()).mapToObj(axis -> Integer.toString(shape.dim(axis)))
                .collect(Collectors.joining(", ", "(None, ", ")"));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String size(long parameters) {
        return number(parameters) + " (" + Bytes.of(4 * parameters) + ")";
    }

    private String border(String left, String line, String cross, String right) {
        return IntStream.of(widths).mapToObj(line::repeat).collect(Collectors.joining(cross, left, right));
    }

    /// One line for each line of the tallest cell. The last column is aligned to the right.
    private void addRow(List<String> lines, String border, List<String> cells) {
        var wrapped = IntStream.range(0, cells.size()).mapToObj(c -> wrap(cells.get(c), widths[c] - PADDING)).toList();
        int height = wrapped.stream().mapToInt(List::size).max().orElse(1);
        for (int row = 0; row < height; row++) {
            var line = new StringBuilder(border);
            for (int c = 0; c < wrapped.size(); c++) {
                var text = row < wrapped.get(c).size() ? wrapped.get(c).get(row) : "";
                var space = " ".repeat(widths[c] - PADDING - text.length());
                line.append(' ').append(c == 2 ? space + text : text + space).append(' ').append(border);
            }
            lines.add(line.toString());
        }
    }

    private static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /// Keras asks for columns that, with padding and borders, are too wide; Rich then takes from each the same.
    private static int[] widths(int width) {
        var widths = new int[COLUMN_ENDS.length];
        int asked = 0;
        int before = 0;
        for (int c = 0; c < widths.length; c++) {
            int column = (int) (COLUMN_ENDS[c] * width) - before;
            before += column;
            widths[c] = column + PADDING;
            asked += widths[c];
        }
        int excess = asked - (width - BORDERS);
        for (int c = 0; c < widths.length; c++) {
            int less = (int) Math.rint((double) excess / (widths.length - c));
            widths[c] -= less;
            excess -= less;
        }
        return widths;
    }
}
