package dev.grapevine.cli.channel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes channels, and tells a running node which ones to be in. */
@Command(
        name = "channel",
        description = "Make a channel's first block; have a running node join, show and leave channels.",
        mixinStandardHelpOptions = true,
        subcommands = {
            GenesisCommand.class,
            JoinCommand.class,
            ListCommand.class,
            InfoCommand.class,
            FetchCommand.class,
            LeaveCommand.class
        })
public final class ChannelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "channel what? genesis, join, list, info, fetch or leave");
    }
}
