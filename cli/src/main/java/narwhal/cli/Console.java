package narwhal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where the commands print, and what it can show.
///
/// @param out what was asked for
/// @param err errors and remarks
/// @param isTerminal whether a person watches: then lines are redrawn, otherwise each is written once
/// @param isColored whether it shows colours
/// @param width columns
record Console(PrintWriter out, PrintWriter err, boolean isTerminal, boolean isColored, int width) {
    private static final int USUAL_WIDTH = 80;

    /// The streams of this process, as UTF-8. Colours stay away where `NO_COLOR` is set.
    static Console ofProcess() {
        var console = System.console();
        boolean terminal = console != null && console.isTerminal();
        var noColor = System.getenv("NO_COLOR");
        boolean colored = terminal && (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), terminal, colored,
                width(System.getenv("COLUMNS")));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static int width(@org.jspecify.annotations.Nullable String columns) {
        try {
            return columns == null ? USUAL_WIDTH : Math.clamp(Long.parseLong(columns.strip()), 40, 300);
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    /// A line of what was asked for.
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /// A remark, which does not belong into a result that another program reads.
    void remark(String line) {
        out.flush();
        err.println(line);
        err.flush();
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
