package dev.grapevine.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The part of docs/commands.md that follows from the commands themselves. */
final class CommandReference {
    private CommandReference() {}

    /** All commands that do something, in the order of the help. */
    static List<CommandSpec> commands() {
        List<CommandSpec> found = new ArrayList<>();
        collect(Grapevine.newCommandLine(), found);
        return found;
    }

    private static void collect(CommandLine command, List<CommandSpec> found) {
        if (command.getSubcommands().isEmpty()) {
            found.add(command.getCommandSpec());
        }
        command.getSubcommands().values().forEach(each -> collect(each, found));
    }

    static String heading(CommandSpec command) {
        return "## `" + command.qualifiedName() + "`\n";
    }

    /** The text of a command and the table of what it takes. */
    static String section(CommandSpec command) {
        StringBuilder text = new StringBuilder(heading(command)).append('\n');
        text.append(String.join(" ", command.usageMessage().description())).append("\n\n");
        text.append("| option | |\n|---|---|\n");
        command.positionalParameters().forEach(parameter -> row(text, parameter.paramLabel(), parameter));
        for (OptionSpec option : command.options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                String names = String.join("`, `", option.names());
                String value = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
                row(text, names + value, option);
            }
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, ArgSpec argument) {
        text.append("| `").append(name.replace("|", "\\|")).append("` | ");
        text.append(String.join(" ", argument.description()).replace("|", "\\|"));
        text.append(argument.required() && argument.group() == null ? " Required. |\n" : " |\n");
    }
}
