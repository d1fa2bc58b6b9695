package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What picocli has against the words of a command, in the form of the catalogue: one line with the nearest match.
final class Usage {
    private Usage() {
    }

    static NarwhalException problem(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched.getCommandLine(), unmatched.getUnmatched());
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> Problem.USAGE_CONFLICT.because(text(twice), "give it once");
            case MutuallyExclusiveArgsException both -> Problem.USAGE_CONFLICT.because(text(both));
            default -> value(e);
        };
    }

    private static NarwhalException unknown(CommandLine line, List<String> words) {
        var word = words.stream().filter(w -> w.startsWith("-")).findFirst().orElse(words.getFirst());
        if (word.startsWith("-")) {
            var name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return Problem.USAGE_UNKNOWN_OPTION.because("no option " + name,
                    Nearest.advice(name, options(line), help(line)));
        }
        if (!line.getSubcommands().isEmpty()) {
            var commands = List.copyOf(line.getSubcommands().keySet());
            return Problem.USAGE_UNKNOWN_OPTION.because("no command '" + word + "'",
                    Nearest.advice(word, commands, "there are " + String.join(", ", commands)));
        }
        return Problem.USAGE_UNKNOWN_OPTION.because("'" + word + "' is one word too many for "
                + line.getCommandSpec().qualifiedName(),
                "put quotes around a name with spaces, or see "
                        + line.getCommandSpec().qualifiedName() + " --help");
    }

    private static List<String> options(CommandLine line) {
        var names = new ArrayList<String>();
        for (var option : line.getCommandSpec().options()) {
            for (var name : option.names()) if (name.startsWith("--")) names.add(name);
        }
        return names;
    }

    private static NarwhalException missing(MissingParameterException e) {
        // Most often the missing option is the unknown one, misspelt.
        var unmatched = e.getCommandLine().getUnmatchedArguments();
        if (unmatched.stream().anyMatch(word -> word.startsWith("-"))) return unknown(e.getCommandLine(), unmatched);
        var missing = e.getMissing();
        var arg = missing.isEmpty() ? e.getArgSpec() : missing.getFirst();
        if (arg == null) return Problem.USAGE_VALUE.because(text(e), help(e.getCommandLine()));
        return Problem.USAGE_VALUE.because("nothing came for " + name(arg) + ", expected " + arg.paramLabel(),
                help(e.getCommandLine()));
    }

    private static NarwhalException value(ParameterException e) {
        if (e.getCause() instanceof NarwhalException cause) return cause;
        if (e.getCause() instanceof Values.UnknownWord unknown) {
            var names = unknown.names();
            return Problem.USAGE_VALUE.because(name(e.getArgSpec()) + " " + e.getValue() + ": expected "
                    + Values.either(names),
                    Nearest.advice(String.valueOf(e.getValue()), names, help(e.getCommandLine())));
        }
        var arg = e.getArgSpec();
        if (arg == null || !(e.getCause() instanceof TypeConversionException))
            return Problem.USAGE_VALUE.because(text(e), help(e.getCommandLine()));
        return Problem.USAGE_VALUE.because(name(arg) + " " + e.getValue() + ": " + e.getCause().getMessage(),
                help(e.getCommandLine()));
    }

    private static String name(@Nullable ArgSpec arg) {
        return switch (arg) {
            case null -> "a value";
            case OptionSpec option -> option.longestName();
            default -> arg.paramLabel();
        };
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static String help(CommandLine line) {
        return "see " + line.getCommandSpec().qualifiedName() + " --help";
    }
}
