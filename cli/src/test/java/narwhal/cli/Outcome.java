package narwhal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/// What a command printed and how it ended.
record Outcome(int code, String out, String err) {
    /// Runs a command inside this JVM.
    static Outcome of(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var console = new Console(new PrintWriter(out), new PrintWriter(err), false, false, 80);
        int code = new Main(console, Signals.none()).run(words);
        return new Outcome(code, out.toString(), err.toString());
    }

    /// The commands as they are parsed.
    static CommandLine commandLine() {
        var console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false,
                false, 80);
        return new Main(console, Signals.none()).commandLine(new Complaints(console, false));
    }

    /// Runs a command given as one text, cut at spaces.
    static Outcome ofText(String words) {
        return of(words.strip().split("\\s+"));
    }

    /// The lines on standard error, without the JVM's own.
    List<String> errors() {
        return err.lines().filter(line -> !line.startsWith("WARNING: Using incubator modules")).toList();
    }
}
