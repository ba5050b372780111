package dev.grapevine.cli;

import dev.grapevine.cli.bench.BenchCommand;
import dev.grapevine.cli.channel.ChannelCommand;
import dev.grapevine.cli.channel.PeersCommand;
import dev.grapevine.cli.channel.SubmitCommand;
import dev.grapevine.cli.demo.DemoCommand;
import dev.grapevine.cli.inspect.InspectCommand;
import dev.grapevine.cli.material.CryptoCommand;
import dev.grapevine.cli.node.NodeCommand;
import dev.grapevine.cli.node.OrdererCommand;
import dev.grapevine.cli.simulate.SimulateCommand;
import dev.grapevine.cli.simulate.SweepCommand;
import dev.grapevine.cli.verify.VerifyCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command and its sub-commands. */
@Command(
        name = "grapevine",
        description = "A gossip peer for Hyperledger Fabric networks.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        subcommands = {
            DemoCommand.class,
            BenchCommand.class,
            NodeCommand.class,
            OrdererCommand.class,
            CryptoCommand.class,
            ChannelCommand.class,
            PeersCommand.class,
            SubmitCommand.class,
            SimulateCommand.class,
            SweepCommand.class,
            InspectCommand.class,
            VerifyCommand.class
        })
public final class Grapevine implements Runnable {
    @Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command; gives its exit code. */
    static int run(String... arguments) {
        return newCommandLine().execute(arguments);
    }

    static CommandLine newCommandLine() {
        CommandLine command = new CommandLine(new Grapevine())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Grapevine::report);
        shareVersion(command);
        return command;
    }

    /** Every command tells the version of the whole. */
    private static void shareVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new BuildVersion());
        command.getSubcommands().values().forEach(Grapevine::shareVersion);
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure) {
            err.println("grapevine: " + failure.getMessage());
        } else {
            err.println("grapevine: unexpected failure, please report it");
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command; 'grapevine --help' lists them");
    }
}
