package dev.grapevine.cli.channel;

import picocli.CommandLine.Option;

/** The channel a command is about. */
final class ChannelOption {
    @Option(
            names = {"-c", "--channel"},
            required = true,
            paramLabel = "NAME",
            description = "The channel.")
    private String name = "";

    String name() {
        return name;
    }
}
