package narwhal.cli;

import java.util.List;
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
    private List<Command> commands() {
        return List.of(new TrainCommand(console, signals), new EvaluateCommand(console), new PredictCommand(console),
                new SummaryCommand(console), new ConvertCommand(console), new DoctorCommand(console),
                new SplitCommand(console), new SynthCommand(console));
    }

    /// Runs a command.
    ///
    /// @return its exit code, see [Problem#exitCode]
    int run(String... words) {
        var complaints = new Complaints(console, List.of(words).contains("--debug"));
        try {
            return commandLine(complaints).execute(words);
        } catch (Throwable t) { // picocli itself
            return complaints.about(t);
        } finally {
            console.flush();
        }
    }

    CommandLine commandLine(Complaints complaints) {
        var line = new CommandLine(new Narwhal(console));
        commands().forEach(line::addSubcommand);
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
