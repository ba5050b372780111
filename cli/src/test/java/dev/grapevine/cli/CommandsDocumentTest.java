package dev.grapevine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** docs/commands.md tells of every command exactly what its help tells, and has an example. */
class CommandsDocumentTest {
    private final String document = read();

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "commands.md"));
        } catch (IOException e) {
            throw new AssertionError("docs/commands.md is missing", e);
        }
    }

    @Test
    void describesEveryCommandAndOptionAsTheHelpDoes() {
        assertThat(CommandReference.commands())
                .allSatisfy(command -> assertThat(document).contains(CommandReference.section(command)));
    }

    @Test
    void describesNothingThatDoesNotExist() {
        List<String> headings = CommandReference.commands().stream()
                .map(CommandReference::heading)
                .map(String::strip)
                .toList();

        assertThat(document.lines().filter(line -> line.startsWith("## `"))).containsExactlyElementsOf(headings);
    }

    @Test
    void givesAnExampleOfEveryCommand() {
        for (CommandSpec command : CommandReference.commands()) {
            int start = document.indexOf(CommandReference.heading(command));
            int end = document.indexOf("\n## ", start);
            String section = document.substring(start, end < 0 ? document.length() : end);

            assertThat(section).contains("\n./" + command.qualifiedName());
        }
    }
}
