package dev.grapevine.cli.material;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes keys and certificates. */
@Command(
        name = "crypto",
        description = "Make keys and certificates for development and tests.",
        mixinStandardHelpOptions = true,
        subcommands = GenerateCommand.class)
public final class CryptoCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "crypto what? generate");
    }
}
