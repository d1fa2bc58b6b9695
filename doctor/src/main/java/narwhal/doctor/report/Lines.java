package narwhal.doctor.report;

import java.util.ArrayList;
import java.util.List;

/// Text cut to the width of a terminal.
final class Lines {
    /// The widest line of a report.
    static final int WIDTH = 100;

    private Lines() {
    }

    /// Words wrapped to [#WIDTH] columns; the first line begins with `first`, the others with `next`.
    static List<String> wrapped(String first, String next, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(first);
        boolean empty = true;
        for (var word : text.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            if (!empty) line.append(' ');
            line.append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines.stream().map(Lines::cut).toList();
    }

    /// A line that is no longer than the terminal is wide.
    static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
