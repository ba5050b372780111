package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static dev.grapevine.simulation.Scenario.ORG2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The introductions that were sent to real Fabric peers on purpose with one defect each, and a good one. */
class RecordedHandshakesTest {
    private static final Instant AFTER_THE_RECORDING = Instant.parse("2026-11-22T00:00:00Z");
    private static final Pattern NODE_AND_HASH =
            Pattern.compile("\"node\": \"([^\"]+)\",\\s*\"tls_cert_hash\": \"([0-9a-f]+)\"");

    /** Who sent it, what certificate that one had, and why it must be refused; empty if it must not. */
    private record Case(String file, boolean otherOrganisation, ByteString presented, String refusal) {}

    @BeforeEach
    void recorded() {
        FabricFixtures.assumePresent();
    }

    @TestFactory
    List<DynamicTest> areJudgedAsFabricDid() throws MalformedMessageException {
        ByteString own = recordedHash("peer2.org1");
        return List.of(
                judged(new Case("001-ConnEstablish-peer2.org1-peer0.org1.bin", false, own, "")),
                judged(new Case("negative-notls.bin", false, ByteString.EMPTY, "no-tls-certificate")),
                judged(new Case("negative-pkiid.bin", false, own, "pki-id-mismatch")),
                judged(new Case("negative-sig.bin", false, own, "bad-signature")),
                judged(new Case("negative-tlshash.bin", false, own, "tls-mismatch")),
                judged(new Case(
                        "negative-revoked-towards-other-org.bin",
                        true,
                        named("negative-revoked-towards-other-org.bin"),
                        "revoked-identity")),
                // Fabric lets it in: for its own organisation it asks the local MSP only. We do not, on purpose.
                judged(new Case(
                        "negative-revoked-towards-own-org.bin",
                        false,
                        named("negative-revoked-towards-own-org.bin"),
                        "revoked-identity")));
    }

    private static ByteString named(String file) throws MalformedMessageException {
        return SignedGossipMessage.parse(FabricFixtures.message(file))
                .message()
                .getConn()
                .getTlsCertHash();
    }

    private static DynamicTest judged(Case recorded) {
        return dynamicTest(recorded.file(), () -> {
            SimulatedNetwork network = new SimulatedNetwork(
                    new VirtualTime(7, AFTER_THE_RECORDING),
                    new ChannelId("lab"),
                    FabricFixtures.block(0),
                    new FabricCredentials(FabricFixtures.crypto()));
            SimulatedPeer target = network.addPeers(recorded.otherOrganisation() ? ORG2 : ORG1, 1)
                    .get(0);
            for (int number = 1; number <= 31; number++) {
                network.order(FabricFixtures.block(number));
            }
            assertThat(network.runUntil(network::allHaveEverything, Duration.ofMinutes(2)))
                    .isTrue();
            HostilePeer sender = new HostilePeer(
                    network, ModelledCrypto.identity(ORG1, "recorded"), "recorded:7051", recorded.presented());

            sender.connect(target, FabricFixtures.message(recorded.file()));
            network.run(Duration.ofSeconds(5));

            if (!recorded.refusal().isEmpty()) {
                assertThat(sender.isConnected()).isFalse();
                assertThat(target.meters().count("gossip_rejected", recorded.refusal()))
                        .isEqualTo(1);
            } else {
                assertThat(target.meters().refusals().keySet()).noneMatch(name -> name.startsWith("gossip_rejected"));
            }
        });
    }

    @Test
    void tlsCertificatesHaveTheHashesThatFabricComputed() throws IOException, CertificateException {
        Path organisations = FabricFixtures.crypto().resolve("peerOrganizations");
        for (String node : List.of("peer0.org1", "peer1.org1", "peer2.org1", "peer0.org2")) {
            String domain = node.substring(node.indexOf('.') + 1) + ".lab";
            Path certificate = organisations.resolve(domain).resolve("peers/" + node + ".lab/tls/server.crt");
            try (InputStream pem = Files.newInputStream(certificate)) {
                ByteString der = ByteString.copyFrom(CertificateFactory.getInstance("X.509")
                        .generateCertificate(pem)
                        .getEncoded());
                assertThat(Sha256.of(der)).as(node).isEqualTo(recordedHash(node));
            }
        }
    }

    private static ByteString recordedHash(String node) {
        Matcher matcher = NODE_AND_HASH.matcher(FabricFixtures.text("tls-cert-hashes.json"));
        while (matcher.find()) {
            if (matcher.group(1).equals(node)) {
                return Hex.parse(matcher.group(2));
            }
        }
        throw new AssertionError("no TLS certificate hash was recorded for " + node);
    }
}
