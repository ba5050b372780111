package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.CertificateIssuer;
import dev.grapevine.interop.lab.ChannelAdministration;
import dev.grapevine.interop.lab.ConfigEdits;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A certificate revocation list in the channel's configuration. */
@FabricScenario
class RevocationTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @Test
    void aRevokedPeerIsCutOffAtOnceAndStaysOut() {
        try (FabricNetwork network = FabricNetwork.start("revocation")) {
            GrapevineNode node = network.joinGrapevine();
            LabPeer revoked = network.peer0OfOrg2();
            Await.until(SOON, "our node sees the peer of Org2", () -> sees(node, revoked));
            ByteString crl = CertificateIssuer.of(revoked.organisation())
                    .revoking(revoked.organisation().peer("peer0").resolve("msp"));

            new ChannelAdministration(network).change(ConfigEdits.revocations("Org2", crl));
            Await.until(SOON, "the configuration with the CRL", () -> ChannelAdministration.sequence(node) == 1);
            Figures.note(
                    "a revoked peer is gone from the members after the configuration block",
                    Await.until(SOON, "the revoked peer is gone", () -> !sees(node, revoked)));

            node.log().mark();
            revoked.stop();
            revoked.start();
            Await.until(SOON, "its new connection is refused", () -> node.log().says("revoked"));
            network.submit(20, 500);
            FabricNetwork.awaitHeight(SOON, 4, List.of(network.peer0(), node));
            Await.stays(Duration.ofSeconds(15), "it stays out", () -> !sees(node, revoked));
            assertThat(network.discover(node, "peers")).doesNotContain(revoked.address());
        }
    }

    private static boolean sees(LabPeer peer, LabPeer other) {
        return peer.members().getPeersByOrgMap().values().stream()
                .flatMap(peers -> peers.getPeersList().stream())
                .anyMatch(found -> found.getIdentity().equals(other.serializedIdentity()));
    }
}
