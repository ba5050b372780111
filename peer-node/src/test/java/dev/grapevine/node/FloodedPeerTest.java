package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static dev.grapevine.node.TestNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.node.peer.PeerSettings;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole peer over real TLS, while strangers who have no certificate and never introduce themselves begin messages of 95 MB
 * each. It is attacked for longer than a silent peer stays alive, so that whoever the flood hindered would be declared dead.
 */
@Timeout(60)
class FloodedPeerTest {
    private static final int STREAMS = 30;
    private static final long MIB = 1 << 20;
    private static final Duration ATTACK = QuickSettings.ALIVE_EXPIRATION.plusSeconds(1);

    @Test
    void thirtyUnfinishedMessagesOfStrangersCostLittleAndNobodyIsDeclaredDead(@TempDir Path folder) throws Exception {
        try (TestNetwork network = new TestNetwork(folder)) {
            List<GossipPeer> peers = members(network);
            GossipPeer attacked = peers.get(2);
            network.submit("before");
            eventually(() -> assertThat(peers).allSatisfy(peer -> {
                assertThat(peer.peers().join()).hasSize(2);
                assertThat(height(peer)).isEqualTo(2);
            }));
            Queue<NetworkMember> declaredDead = watch(peers);

            long before = memory();
            long end = System.nanoTime() + ATTACK.toNanos();
            for (int round = 1; round == 1 || System.nanoTime() < end; round++) {
                try (StrangersOverTls strangers = new StrangersOverTls(network.org1.tlsRoots(), attacked.port())) {
                    strangers.flood(STREAMS);
                    assertThat(strangers.taken())
                            .as("bytes taken from strangers in round %d", round)
                            .isPositive()
                            .isLessThan(64 * MIB);
                }
                assertThat(memory() - before)
                        .as("bytes more after round %d", round)
                        .isLessThan(64 * MIB);
            }

            network.submit("after");
            eventually(() -> assertThat(peers)
                    .allSatisfy(peer -> assertThat(height(peer)).isEqualTo(3)));
            assertThat(declaredDead).isEmpty();
        }
    }

    /** The first one leads; the third asks nobody for a TLS certificate, as Fabric's peers do by default. */
    private static List<GossipPeer> members(TestNetwork network) throws Exception {
        String bootstrap = TestNetwork.freeAddress();
        List<PeerOptions> options = List.of(
                network.options(0, bootstrap, bootstrap).withSettings(settings -> leading(settings, true)),
                network.options(1, TestNetwork.freeAddress(), bootstrap)
                        .withSettings(settings -> leading(settings, false)),
                open(network.options(2, TestNetwork.freeAddress(), bootstrap)
                        .withSettings(settings -> leading(settings, false))));
        List<GossipPeer> peers = new ArrayList<>();
        for (PeerOptions each : options) {
            GossipPeer peer = network.start(each);
            peer.join(network.genesis).join().value();
            peers.add(peer);
        }
        return peers;
    }

    private static PeerSettings leading(PeerSettings settings, boolean leads) {
        ElectionConfig usual = settings.election();
        return settings.withElection(new ElectionConfig(
                false,
                leads,
                usual.startupGracePeriod(),
                usual.membershipSampleInterval(),
                usual.leaderAliveThreshold(),
                usual.leaderElectionDuration()));
    }

    private static PeerOptions open(PeerOptions usual) {
        return new PeerOptions(
                usual.msp(),
                usual.identity(),
                usual.provider(),
                usual.tls()
                        .map(tls ->
                                new PeerOptions.Tls(tls.server(), tls.client(), false, tls.roots(), tls.clientRoots())),
                usual.listenAddress(),
                usual.storage(),
                usual.settings(),
                usual.services());
    }

    private static Queue<NetworkMember> watch(List<GossipPeer> peers) {
        Queue<NetworkMember> gone = new ConcurrentLinkedQueue<>();
        for (GossipPeer peer : peers) {
            peer.onMembership(Runnable::run, new MembershipListener() {
                @Override
                public void left(NetworkMember member) {
                    gone.add(member);
                }
            });
        }
        return gone;
    }

    private static long height(GossipPeer peer) {
        return peer.status(CHANNEL).join().orElseThrow().height();
    }

    /** What the heap holds after a collection, and what Netty has taken beside it. */
    private static long memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + PlatformDependent.usedDirectMemory();
    }
}
