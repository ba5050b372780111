package dev.grapevine.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.cli.Json;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges an identity under one MSP. */
@Command(
        name = "identity",
        description = {
            "Say whether an MSP recognises an identity and which roles it has there.",
            "An expired identity can be ok: Fabric's MSP does not look at the clock, its gossip does."
        },
        mixinStandardHelpOptions = true)
final class VerifyIdentityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--msp",
            required = true,
            paramLabel = "DIR_OR_MSPCONFIG",
            description = "The MSP: its directory, or a serialised msp.MSPConfig.")
    private Path msp = Path.of("");

    @Option(names = "--msp-id", required = true, paramLabel = "ID", description = "The MSP's identifier.")
    private String mspId = "";

    @Option(
            names = "--msp-version",
            paramLabel = "VERSION",
            defaultValue = "V1_4_3",
            description = "The rules to judge by: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}, those of channel"
                    + " capability V2_0; V3_0 adds Ed25519 keys).")
    private MspVersion version = MspVersion.V1_4_3;

    @Parameters(paramLabel = "FILE", description = "The identity: a serialised msp.SerializedIdentity.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        ObjectNode line = Json.object().put("file", file.toString());
        Verdict<Identity> identity = identity();
        Optional<Rejection> why =
                identity.isAccepted() ? identity.value().validate() : Optional.of(identity.rejection());
        line.put("expired", expiry(identity).filter(Instant.now()::isAfter).isPresent());
        ArrayNode roles = line.putArray("roles");
        identity.accepted().ifPresent(known -> addRoles(known, roles));
        Findings findings = new Findings(spec);
        findings.print(line, "ok", why);
        return findings.exitCode();
    }

    private Verdict<Identity> identity() {
        try {
            ByteString serialized = Input.read(file);
            return msp().then(known -> known.deserialize(serialized));
        } catch (CommandFailure unreadable) {
            return Verdict.rejected("unreadable", unreadable.getMessage());
        }
    }

    private Verdict<Msp> msp() {
        if (mspId.isEmpty()) {
            return Verdict.rejected("malformed-msp", "--msp-id is empty");
        }
        MspId id = new MspId(mspId);
        SignatureProvider provider = SignatureProvider.bouncyCastle();
        if (Files.isDirectory(msp)) {
            return Msp.ofDirectory(msp, id, version, provider);
        }
        return Msp.of(Input.parse(msp, MSPConfig.parser(), "msp.MSPConfig"), version, provider)
                .then(found -> found.id().equals(id)
                        ? Verdict.accepted(found)
                        : Verdict.rejected("other-organisation", "the MSP is that of " + found.id() + ", not " + id));
    }

    /** Also of an identity that the MSP refuses, as far as its certificate can be read. */
    private Optional<Instant> expiry(Verdict<Identity> identity) {
        return identity.accepted().map(Identity::notAfter).or(() -> SubmittedCertificate.expiry(file));
    }

    private void addRoles(Identity identity, ArrayNode roles) {
        for (MSPRoleType role : MSPRoleType.values()) {
            if (role != MSPRoleType.UNRECOGNIZED
                    && identity.satisfies(principal(role)).isEmpty()) {
                roles.add(role.name());
            }
        }
    }

    private MSPPrincipal principal(MSPRoleType role) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(mspId)
                        .setRole(role)
                        .build()
                        .toByteString())
                .build();
    }
}
