package narwhal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import narwhal.disk.Disk;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// Says what went wrong: one line on standard error, a stack trace only where asked for.
final class Complaints {
    private final Console console;
    private final boolean debug;

    Complaints(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /// Says it.
    ///
    /// @return the exit code
    int about(Throwable thrown) {
        return switch (thrown) {
            case NarwhalException e -> say(e, e);
            case OutOfMemoryError e -> say(Problem.MEM_EXHAUSTED.because("the heap of "
                    + Bytes.of(Runtime.getRuntime().maxMemory()) + " is full: " + e.getMessage(),
                    "use a smaller batch or smaller pictures, or give Java more: NARWHAL_JVM=-Xmx8g"), e);
            case RunFault e -> internal(e.fault(), e.folder());
            default -> internal(thrown, Path.of(""));
        };
    }

    private int say(NarwhalException complaint, Throwable thrown) {
        console.remark(complaint.getMessage());
        if (debug) console.remark(trace(thrown).stripTrailing());
        return complaint.problem().exitCode();
    }

    private int internal(Throwable thrown, Path folder) {
        var what = thrown.getClass().getSimpleName() + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage());
        return say(Problem.INTERNAL.because(what, "please report it with " + keep(trace(thrown), folder)), thrown);
    }

    /// Writes the trace to a file of its own.
    private static String keep(String trace, Path folder) {
        var file = folder.resolve("narwhal-error-" + ProcessHandle.current().pid() + ".txt").toAbsolutePath();
        try {
            Disk.real().replace(file, trace.getBytes(StandardCharsets.UTF_8));
            return file.toString();
        } catch (NarwhalException e) {
            return "the trace that --debug prints";
        }
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
