package dev.grapevine.cli.verify;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says whether a node would accept a block, an identity, a message or a set of signatures. */
@Command(
        name = "verify",
        description = {
            "Say whether a node would accept a block, an identity, a message or a set of signatures.",
            "One line of JSON each; exit code 0 if all are accepted, 1 otherwise."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            VerifyBlocksCommand.class,
            VerifyIdentityCommand.class,
            VerifyMessageCommand.class,
            VerifyPolicyCommand.class
        })
public final class VerifyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "verify what? blocks, identity, message or policy");
    }
}
