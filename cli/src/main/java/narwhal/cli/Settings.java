package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import narwhal.errors.Problem;
import narwhal.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The options of a command as JSON, one entry for each by its long name without dashes, and back to words.
final class Settings {
    /// Said of one start, not of the run.
    private static final Set<String> OF_A_START = Set.of("help", "debug", "resume", "run-dir");

    private Settings() {
    }

    /// All options and parameters with their values; `null` where none was given and none is usual.
    static ObjectNode of(CommandSpec command) {
        var settings = Json.object();
        command.positionalParameters().forEach(arg -> put(settings, name(arg), value(arg)));
        command.options().stream().filter(option -> !OF_A_START.contains(name(option)))
                .forEach(option -> put(settings, name(option), value(option)));
        return settings;
    }

    /// The words that give a command these settings.
    static List<String> words(JsonNode settings, CommandSpec command) {
        var words = new ArrayList<String>();
        for (var entry : settings.properties()) {
            var value = entry.getValue();
            boolean positional = command.positionalParameters().stream()
                    .anyMatch(arg -> name(arg).equals(entry.getKey()));
            if (value.isNull() || value.isBoolean() && !value.booleanValue()) continue;
            if (positional) words.addFirst(value.asString());
            else if (value.isBoolean()) words.add("--" + entry.getKey());
            else
                words.add("--" + entry.getKey() + "=" + value.asString());
        }
        return words;
    }

    /// Refuses a word of the command line that contradicts the recorded settings.
    ///
    /// @param changeable names of options that may change
    static void checkConflicts(CommandSpec given, JsonNode recorded, Set<String> changeable) {
        var now = of(given);
        var matched = given.commandLine().getParseResult().matchedOptions();
        for (var option : matched) {
            var name = name(option);
            if (OF_A_START.contains(name) || changeable.contains(name)) continue;
            var before = recorded.path(name);
            var after = now.path(name);
            if (!before.asString().equals(after.asString())) {
                throw Problem.USAGE_CONFLICT.because("--" + name + " " + after.asString() + ": the run has "
                        + (before.isNull() || before.isMissingNode() ? "none" : before.asString()),
                        "leave it out, or start a new run");
            }
        }
    }

    static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? option.longestName().replaceFirst("^-+", "")
                : arg.paramLabel().toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable Object value(ArgSpec arg) {
        Object value = arg.getValue();
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static void put(ObjectNode settings, String name, @Nullable Object value) {
        switch (value) {
            case null -> settings.putNull(name);
            case Boolean b -> settings.put(name, b);
            case Integer i -> settings.put(name, i);
            case Long l -> settings.put(name, l);
            case Double d -> settings.put(name, d);
            case java.nio.file.Path path -> settings.put(name, path.toAbsolutePath().normalize().toString());
            case Enum<?> choice -> settings.put(name, Values.word(choice));
            default -> settings.put(name, value.toString());
        }
    }
}
