package dev.grapevine.cli.verify;

import dev.grapevine.cli.Input;
import dev.grapevine.cli.Json;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.policy.Policy;
import dev.grapevine.crypto.policy.PolicyTree;
import dev.grapevine.crypto.policy.SignaturePolicy;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates a policy over a set of signatures. */
@Command(
        name = "policy",
        description = {
            "Say whether a set of signatures satisfies a policy: one in a file of its own, one in a file with a"
                    + " configuration group, or one of the channel itself.",
            "The identities are judged by the MSPs of the configuration block."
        },
        mixinStandardHelpOptions = true)
final class VerifyPolicyCommand implements Callable<Integer> {
    /** The channel group's own name, with which absolute policy paths start. */
    private static final String ROOT = "Channel";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "CONFIG_BLOCK",
            description = "The configuration block whose MSPs tell who is who.")
    private Path config = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(
            names = "--signatures",
            required = true,
            paramLabel = "FILE",
            description =
                    "JSON: an array of {identity_file, data, signature}, or an object with one called signature_set;"
                            + " data and signature in hex, identity files relative to this file.")
    private Path signatures = Path.of("");

    /** The policy: a file, or a name in a group. */
    static final class Which {
        @Option(names = "--policy", paramLabel = "FILE", description = "A serialised common.SignaturePolicyEnvelope.")
        private @Nullable Path policy;

        @ArgGroup(exclusive = false)
        private @Nullable Named named;
    }

    /** A policy by its name. */
    static final class Named {
        @Option(
                names = "--group",
                paramLabel = "FILE",
                description = "A serialised common.ConfigGroup, taken for the channel's; without it --name is looked up"
                        + " in the configuration block.")
        private @Nullable Path group;

        @Option(
                names = "--name",
                required = true,
                paramLabel = "PATH",
                description = "The policy, such as /Channel/Application/Readers.")
        private String name = "";
    }

    @Override
    public Integer call() {
        Findings findings = new Findings(spec);
        findings.print(Json.object(), "satisfied", Findings.refusal(this::check));
        return findings.exitCode();
    }

    private Optional<Rejection> check() {
        Verdict<ChannelConfig> read = ChannelConfig.ofBlock(
                Input.parse(config, Block.parser(), "common.Block"), SignatureProvider.bouncyCastle());
        if (!read.isAccepted()) {
            return Optional.of(read.rejection());
        }
        Verdict<? extends Policy> policy = policy(read.value());
        return policy.isAccepted()
                ? read.value().signatures(new SignatureFile(signatures).read()).evaluate(policy.value())
                : Optional.of(policy.rejection());
    }

    private Verdict<? extends Policy> policy(ChannelConfig channel) {
        if (which.policy != null) {
            return SignaturePolicy.parse(Input.read(which.policy));
        }
        Named named = which.named;
        if (named == null) {
            throw new ParameterException(spec.commandLine(), "give --policy, or --name with or without --group");
        }
        return named.group == null
                ? Verdict.accepted(channel.policy(named.name))
                : PolicyTree.of(ROOT, Input.parse(named.group, ConfigGroup.parser(), "common.ConfigGroup"))
                        .map(tree -> tree.policy(named.name));
    }
}
