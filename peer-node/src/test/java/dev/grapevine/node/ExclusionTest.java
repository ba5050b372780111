package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static dev.grapevine.node.TestNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.IssuedCertificate;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hyperledger.fabric.protos.common.Block;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is kept out, over real connections: with TLS certificates that are good all the while. */
@Timeout(60)
class ExclusionTest {
    @TempDir
    Path folder;

    private TestNetwork network;

    @BeforeEach
    void start() throws Exception {
        network = new TestNetwork(folder);
    }

    @AfterEach
    void stop() throws Exception {
        network.close();
    }

    @Test
    void aRevocationInTheConfigurationEndsLinksAndNoNewConnectionRestoresThem() throws Exception {
        List<GossipPeer> peers = network.startMembers(3);
        eventually(() -> assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.peers(CHANNEL).join()).hasSize(2)));
        eventually(() ->
                assertThat(peers.stream().filter(ExclusionTest::isLeading)).hasSize(1));
        // A revoked leader is refused by the ordering service and would keep the others waiting until it yields.
        GossipPeer revoked =
                peers.stream().filter(peer -> !isLeading(peer)).findFirst().orElseThrow();
        List<GossipPeer> others = peers.stream().filter(peer -> peer != revoked).toList();

        revoke(network.org1.material().nodes().get(peers.indexOf(revoked)));
        eventually(() -> assertThat(others)
                .allSatisfy(peer -> assertThat(identities(peer)).doesNotContain(revoked.pkiId())));

        Queue<PkiId> heard = heardFrom(others, revoked.pkiId());
        network.submit("for the others");
        eventually(() ->
                assertThat(others).allSatisfy(peer -> assertThat(height(peer)).isEqualTo(3)));
        assertThat(others).allSatisfy(peer -> assertThat(members(peer)).hasSize(1));
        long refusals = network.refusals("revoked-identity");
        eventually(() -> assertThat(network.refusals("revoked-identity")).isGreaterThan(refusals + 2));
        eventually(() -> assertThat(members(revoked)).isEmpty());
        assertThat(height(revoked)).isLessThan(3);
        assertThat(heard).isEmpty();
        assertThat(others).allSatisfy(peer -> {
            assertThat(members(peer)).hasSize(1);
            assertThat(identities(peer)).hasSize(2);
        });
    }

    private static boolean isLeading(GossipPeer peer) {
        return peer.status(CHANNEL).join().orElseThrow().leader();
    }

    private void revoke(MemberMaterial member) {
        ChannelProfile.Organisation now = network.org1.asPeers();
        ChannelProfile.Organisation changed = new ChannelProfile.Organisation(
                now.name(),
                now.msp().toBuilder()
                        .addRevocationList(network.org1
                                .material()
                                .authority()
                                .revocationList(List.of(member.identity().serialNumber())))
                        .build(),
                now.anchorPeers(),
                now.ordererEndpoints());
        network.submit(
                ChannelConfig.ofBlock(network.genesis, SignatureProvider.fastest())
                        .value(),
                changed);
    }

    private static Queue<PkiId> heardFrom(List<GossipPeer> peers, PkiId sender) {
        Queue<PkiId> heard = new ConcurrentLinkedQueue<>();
        for (GossipPeer peer : peers) {
            peer.acceptRaw(
                    received -> received.sender().pkiId().equals(sender), Runnable::run, received -> heard.add(sender));
        }
        return heard;
    }

    @Test
    void whoseCertificateExpiresIsDroppedAndStaysOut() throws Exception {
        String address = TestNetwork.freeAddress();
        GossipPeer stays = network.start(network.options(0, address));
        GossipPeer expiring = network.start(expiringIn(Duration.ofSeconds(8), address));
        eventually(() -> assertThat(members(stays)).hasSize(1));

        eventually(() -> assertThat(identities(stays)).containsExactly(stays.pkiId()));

        Queue<PkiId> heard = heardFrom(List.of(stays), expiring.pkiId());
        assertThat(members(stays)).isEmpty();
        eventually(() -> assertThat(members(expiring)).isEmpty());
        assertThat(members(stays)).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void doesNotStartWithACertificateThatHasExpired() throws Exception {
        GossipPeer peer = GossipPeer.create(
                expiringIn(Duration.ofSeconds(-10), "127.0.0.1:7051"), network.resources(), Meters.NONE);

        assertThatThrownBy(() -> peer.start().join()).hasMessageContaining("expired");
        peer.close();
    }

    private PeerOptions expiringIn(Duration time, String bootstrap) throws Exception {
        PeerOptions usual = network.options(1, TestNetwork.freeAddress(), bootstrap);
        Instant now = Instant.now();
        IssuedCertificate certificate = network.org1
                .material()
                .authority()
                .withValidity(new Validity(now.minus(Duration.ofMinutes(1)), now.plus(time)))
                .issueIdentity(
                        "passing.org1.example",
                        network.org1.material().nodes().get(1).role());
        X509SigningIdentity identity = X509SigningIdentity.of(
                        usual.msp(), certificate.pem(), certificate.privateKey(), usual.provider())
                .value();
        return new PeerOptions(
                usual.msp(),
                identity,
                usual.provider(),
                usual.tls(),
                usual.listenAddress(),
                usual.storage(),
                usual.settings(),
                usual.services());
    }

    @Test
    void anOrganisationThatSharesAnotherChannelGetsNothingOfThisOne() throws Exception {
        String address = TestNetwork.freeAddress();
        Block shared = network.genesis(
                new ChannelId("shared"), List.of(network.org1.asPeers(address), network.org2.asPeers()));
        GossipPeer member = network.start(network.options(0, address));
        GossipPeer second = network.start(network.options(1, TestNetwork.freeAddress(), address));
        GossipPeer outsider = network.start(
                network.options(network.org2, network.org2.material().nodes().get(0), TestNetwork.freeAddress()));
        for (GossipPeer peer : List.of(member, second, outsider)) {
            peer.join(shared).join().value();
            peer.join(network.genesis).join().value();
        }
        eventually(
                () -> assertThat(member.peers(new ChannelId("shared")).join()).hasSize(2));
        eventually(() -> assertThat(member.peers(CHANNEL).join()).hasSize(1));

        network.submit("for members");

        eventually(() -> assertThat(List.of(member, second))
                .allSatisfy(peer -> assertThat(height(peer)).isEqualTo(2)));
        assertThat(height(outsider)).isEqualTo(1);
        assertThat(member.peers(CHANNEL).join())
                .extracting(peer -> peer.pkiId())
                .containsExactly(second.pkiId());
        assertThat(outsider.peers(CHANNEL).join()).isEmpty();
        assertThat(identities(member)).contains(outsider.pkiId());

        member.leave(new ChannelId("shared")).join();

        assertThat(identities(member)).doesNotContain(outsider.pkiId());
    }

    private static List<NetworkMember> members(GossipPeer peer) {
        return peer.peers().join();
    }

    private static List<PkiId> identities(GossipPeer peer) {
        return peer.identities().join().stream().map(ValidIdentity::pkiId).toList();
    }

    private static long height(GossipPeer peer) {
        return peer.status(CHANNEL).join().orElseThrow().height();
    }
}
