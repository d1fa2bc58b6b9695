package narwhal.cli;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The help of a command: its own options first, then a section for each named group of options.
final class HelpSections {
    private HelpSections() {
    }

    /// Sets this for a command and those below it.
    static void apply(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpSections::synopsis);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::options);
        line.getSubcommands().values().forEach(HelpSections::apply);
    }

    private static String synopsis(Help help) {
        var spec = help.commandSpec();
        var words = new StringBuilder(spec.qualifiedName());
        for (var option : spec.options())
            if (option.required())
                words.append(' ').append(option.longestName()).append(' ')
                        .append(option.paramLabel());
        if (spec.options().stream().anyMatch(option -> !option.required())) words.append(" [OPTION …]");
        for (var arg : spec.positionalParameters()) {
            var label = arg.paramLabel() + (arg.arity().max() > 1 ? " …" : "");
            words.append(' ').append(arg.required() ? label : "[" + label + "]");
        }
        if (!spec.subcommands().isEmpty()) words.append(" COMMAND");
        return help.colorScheme().text("@|bold " + words + "|@" + System.lineSeparator()) + System.lineSeparator();
    }

    private static String options(Help help) {
        var spec = help.commandSpec();
        var text = new StringBuilder();
        spec.mixins().forEach((name, group) -> {
            if (!Character.isUpperCase(name.charAt(0))) return;
            text.append(System.lineSeparator()).append(name).append(':').append(System.lineSeparator())
                    .append(list(help, options(group)));
        });
        var others = spec.options().stream().filter(option -> spec.mixins().entrySet().stream()
                .noneMatch(group -> Character.isUpperCase(group.getKey().charAt(0))
                        && options(group.getValue()).contains(option)))
                .sorted(Comparator.comparingInt(OptionSpec::order)).toList();
        return text.isEmpty()
                ? list(help, others)
                : text + System.lineSeparator() + "Run:" + System.lineSeparator() + list(help, others);
    }

    private static List<OptionSpec> options(CommandSpec group) {
        return group.options();
    }

    private static String list(Help help, List<OptionSpec> options) {
        var layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addAllOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }
}
