package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Sha256;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is not let in, or not any more; and nobody else notices. */
class RefusalTest {
    private static final SigningIdentity FOREIGNER = ModelledCrypto.identity(new MspId("Org3MSP"), "peer0");

    private final Scenario scenario = Scenario.running(51, 5);
    private final SimulatedPeer target = scenario.peer(2);

    private HostilePeer hostile(SigningIdentity identity) {
        return new HostilePeer(scenario.network(), identity, "hostile:7051");
    }

    private void isRefused(HostilePeer hostile, String reason) {
        scenario.network().run(Duration.ofSeconds(5));
        assertThat(hostile.isConnected()).isFalse();
        assertThat(target.meters().count("gossip_rejected", reason)).isEqualTo(1);
        othersGoOn(scenario.peers());
    }

    private void othersGoOn(List<SimulatedPeer> others) {
        scenario.order(5);
        scenario.within(
                Duration.ofSeconds(10),
                "blocks arrive",
                () -> others.stream()
                        .allMatch(peer -> peer.height() == scenario.network().ordered()));
        assertThat(others).allMatch(peer -> peer.membersAlive() == others.size() - 1);
        assertThat(others).filteredOn(SimulatedPeer::isLeader).hasSize(1);
    }

    @Test
    void aPeerOutsideTheChannelsOrganisations() {
        HostilePeer hostile = hostile(FOREIGNER);

        hostile.connect(target);

        isRefused(hostile, "unknown-organisation");
    }

    @Test
    void anIntroductionReplayedOnAnotherConnection() {
        HostilePeer hostile = hostile(FOREIGNER);
        ByteString certificateOfAnother = Sha256.of(ByteString.copyFromUtf8("certificate of peer1.org1msp:7051"));

        hostile.connect(
                target,
                HostilePeer.introduction(scenario.peer(1).identity(), certificateOfAnother)
                        .wire());

        isRefused(hostile, "tls-mismatch");
    }

    @Test
    void anIntroductionWithAForgedSignature() throws Exception {
        HostilePeer hostile = hostile(ModelledCrypto.identity(ORG1, "peer1"));
        ByteString ownHash = Sha256.of(ByteString.copyFromUtf8("certificate of hostile:7051"));
        ByteString forged = HostilePeer.introduction(hostile.identity(), ownHash).envelope().toBuilder()
                .setSignature(ByteString.copyFromUtf8("forged"))
                .build()
                .toByteString();

        hostile.connect(target, forged);

        isRefused(hostile, "bad-signature");
    }

    @Test
    void firstWordsThatAreNoIntroduction() {
        HostilePeer hostile = hostile(FOREIGNER);

        hostile.connect(target, ByteString.copyFromUtf8("\u0001 hello?"));

        isRefused(hostile, "malformed-envelope");
    }

    @Test
    void firstWordsThatAreTooLong() {
        HostilePeer hostile = hostile(FOREIGNER);

        hostile.connect(target, ByteString.copyFrom(new byte[100_000]));

        isRefused(hostile, "too-much-before-handshake");
    }

    @Test
    void whoSaysNothing() {
        HostilePeer hostile = hostile(FOREIGNER);

        hostile.connectSilently(target);

        isRefused(hostile, "handshake-timeout");
    }

    @Test
    void aPeerWhoseIdentityIsRevokedWhileItIsAMember() {
        SimulatedPeer revoked = scenario.network().running().stream()
                .filter(peer -> !peer.isLeader())
                .findFirst()
                .orElseThrow();
        List<SimulatedPeer> others =
                scenario.peers().stream().filter(peer -> peer != revoked).toList();

        scenario.revoke(revoked);
        scenario.network().run(Duration.ofSeconds(1));

        assertThat(others).noneMatch(peer -> peer.believesAlive(revoked));
        assertThat(others)
                .noneMatch(
                        peer -> peer.node().comm().connection(revoked.pkiId()).isPresent());
        long before = revoked.height();
        othersGoOn(others);
        scenario.network().run(Duration.ofMinutes(2));
        assertThat(others).noneMatch(peer -> peer.believesAlive(revoked));
        assertThat(revoked.isLeader() || revoked.height() == before).isTrue();
        assertThat(others).anyMatch(peer -> peer.meters().count("gossip_rejected", "revoked-identity") > 0);
    }
}
