package dev.grapevine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void helpAndVersionSucceed() {
        CommandRun help = CommandRun.of("--help");
        CommandRun version = CommandRun.of("--version");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: grapevine", "inspect");
        assertThat(version.out()).startsWith("grapevine ").doesNotContain("${");
        assertThat(CommandRun.of("channel", "join", "--version").out()).isEqualTo(version.out());
    }

    @Test
    void wrongUsageIsTwoAndSaysWhatWouldBeRight() {
        assertThat(CommandRun.of().exitCode()).isEqualTo(2);
        CommandRun unknown = CommandRun.of("inspect", "blok", "x");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("block");
    }

    @Test
    void aFileThatIsNotThereIsAFailure() {
        CommandRun run = CommandRun.of("inspect", "block", "no-such-file.block");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("grapevine: there is no file no-such-file.block");
        assertThat(run.out()).isEmpty();
    }
}
