package dev.grapevine.cli.verify;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.crypto.sign.HashFamily;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks gossip messages' signatures under one identity. */
@Command(
        name = "message",
        description = {
            "Check the signatures of gossip envelopes under one identity, that of the secret envelope too if there is one.",
            "Whether the identity is to be trusted is not asked; see 'verify identity'."
        },
        mixinStandardHelpOptions = true)
final class VerifyMessageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--identity",
            required = true,
            paramLabel = "FILE",
            description = "Who should have signed: a serialised msp.SerializedIdentity.")
    private Path identity = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Serialised gossip envelopes.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() {
        Findings findings = new Findings(spec);
        for (Path file : files) {
            findings.ofFile(file, this::check);
        }
        return findings.exitCode();
    }

    private Optional<Rejection> check(Path file) {
        SignedGossipMessage message = message(file);
        if (!message.isSigned()) {
            return Optional.of(new Rejection("unsigned", "the envelope carries no signature"));
        }
        return message.verify(verifier())
                ? Optional.empty()
                : Optional.of(new Rejection(
                        "bad-signature", "the signature over the payload or over the secret is not of this identity"));
    }

    private static SignedGossipMessage message(Path file) {
        try {
            return SignedGossipMessage.parse(Input.read(file));
        } catch (MalformedMessageException e) {
            throw new CommandFailure(file + " is no gossip message", e);
        }
    }

    private PayloadVerifier verifier() {
        PublicKey key = SubmittedCertificate.read(identity).getPublicKey();
        try {
            return SignatureProvider.bouncyCastle().verifier(key, HashFamily.SHA2);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(identity + " holds no key that verifies signatures", e);
        }
    }
}
