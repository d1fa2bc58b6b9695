package narwhal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import narwhal.errors.Problem;
import picocli.CommandLine;

/// `narwhal COMMAND …`: finds the command, runs it, and turns whatever went wrong into one line and an exit code.
public final class Main {
    private final Console console;
    private final Signals signals;

    Main(Console console, Signals signals) {
        this.console = console;
        this.signals = signals;
    }

    /// Runs a command and ends the process with its exit code.
    public static void main(String[] words) {
        var console = Console.ofProcess();
        int code = new Main(console, Signals.ofProcess(console::remark)).run(words);
        System.exit(code);
    }

    /// The commands in the order of the help. A new one is a class and a line here.
    private Map<String, Supplier<Command>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Command>>();
        commands.put("train", () -> new TrainCommand(console, signals));
        commands.put("evaluate", () -> new EvaluateCommand(console));
        commands.put("predict", () -> new PredictCommand(console));
        commands.put("summary", () -> new SummaryCommand(console));
        commands.put("convert", () -> new ConvertCommand(console));
        commands.put("doctor", () -> new DoctorCommand(console));
        commands.put("split", () -> new SplitCommand(console));
        commands.put("synth", () -> new SynthCommand(console));
        commands.put("demo", () -> new DemoCommand(console));
        return commands;
    }

    /// Runs a command.
    ///
    /// @return its exit code, see [Problem#exitCode]
    int run(String... words) {
        var complaints = new Complaints(console, List.of(words).contains("--debug"));
        try {
            return commandLine(complaints, named(words)).execute(words);
        } catch (Throwable t) { // picocli itself
            return complaints.about(t);
        } finally {
            console.flush();
        }
    }

    /// The one command that the words begin with, since reading the options of all the others takes longer than a short command; all of
    /// them where the words begin with none.
    private List<Supplier<Command>> named(String... words) {
        var all = commands();
        var named = words.length == 0 ? null : all.get(words[0]);
        return named == null ? List.copyOf(all.values()) : List.of(named);
    }

    CommandLine commandLine(Complaints complaints) {
        return commandLine(complaints, List.copyOf(commands().values()));
    }

    private CommandLine commandLine(Complaints complaints, List<Supplier<Command>> commands) {
        var line = new CommandLine(new Narwhal(console));
        commands.forEach(command -> line.addSubcommand(command.get()));
        Values.register(line);
        HelpSections.apply(line);
        line.setOverwrittenOptionsAllowed(false);
        line.setAbbreviatedOptionsAllowed(false);
        line.setUsageHelpWidth(Math.clamp(console.width(), 80, 110));
        line.setUsageHelpLongOptionsMaxWidth(34);
        line.setAdjustLineBreaksForWideCJKCharacters(true);
        line.setOut(console.out());
        line.setErr(console.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.isColored() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((e, args) -> complaints.about(Usage.problem(e)));
        line.setExecutionExceptionHandler((e, command, result) -> complaints.about(e));
        return line;
    }
}
