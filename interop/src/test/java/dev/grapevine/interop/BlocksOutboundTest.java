package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GoPeer;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.Leadership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Our node leads Org1, and a Go peer of Org1 that cannot reach the orderer has nobody else to get blocks from. */
@FabricScenario
class BlocksOutboundTest {
    private static final Duration BOUND = Duration.ofSeconds(15);
    /**
     * A Go peer that starts, whose bootstrap peer is away: being found by our node (at most 25 s), a pull (4 s), or its state
     * transfer (10 s) after it knows our height (4 s).
     */
    private static final Duration AFTER_START = Duration.ofSeconds(45);

    @Test
    void winsAgainstTheHigherPkiIdAndBringsItsBlocks() {
        try (FabricNetwork network = FabricNetwork.start("outbound-election")) {
            assertThat(network.grapevine().pkiId()).isLessThan(network.peer0().pkiId());
            network.peer0OfOrg2().stop();
            GoPeer follower = aloneWithACutOffFollower(network, Map.of());
            GrapevineNode node = network.grapevine();

            Duration slowest = Duration.ZERO;
            for (int block = 1; block <= 20; block++) {
                network.submit(10, 1000);
                FabricNetwork.awaitHeight(BOUND, block + 1, List.of(node));
                Duration later = FabricNetwork.awaitHeight(BOUND, block + 1, List.of(follower));
                slowest = later.compareTo(slowest) > 0 ? later : slowest;
            }
            Figures.note("pushed to a Go peer, behind our node, slowest of 20", slowest);
            assertThat(slowest).isLessThan(Duration.ofSeconds(4));

            follower.stop();
            network.submit(1000, 200);
            FabricNetwork.awaitHeight(BOUND, 121, List.of(node));
            follower.start();
            Figures.note(
                    "transferred to a Go peer, 100 blocks, from its start",
                    FabricNetwork.awaitHeight(AFTER_START, 121, List.of(follower)));
            ChainComparison.assertSameChain(follower, node, 121);
        }
    }

    /**
     * Who proposes itself first may lead before a lower PKI-ID wakes up, in Fabric too. Two leaders leave no such choice: the Go
     * peer leads, does nothing while our node is elected in its place, and goes on as if it had never been away.
     */
    @Test
    void losesAgainstTheLowerPkiId() {
        try (FabricNetwork network = FabricNetwork.start("outbound-lost")) {
            GoPeer lower = network.peer1();
            GrapevineNode node = network.joinGrapevine();
            assertThat(lower.pkiId()).isLessThan(node.pkiId());
            awaitMembers(3, network.org1());
            network.peer0().stop();
            List<LabPeer> both = List.of(lower, node);
            Leadership.await(lower, both);

            lower.pause();
            Leadership.await(node, List.of(node));
            lower.resume();

            Figures.note(
                    "the Go peer with the lower PKI-ID wins against our node", Leadership.awaitSettled(lower, both));
            network.submit(10, 1000);
            FabricNetwork.awaitHeight(BOUND, 2, both);
        }
    }

    /** The Go peer is away when our node pushes, and has no state transfer, which leaves its pull. */
    @Test
    void isPulledFromByWhoWasAwayWhenItPushed() {
        try (FabricNetwork network = FabricNetwork.start("outbound-pull")) {
            network.peer0OfOrg2().stop();
            GoPeer follower = aloneWithACutOffFollower(network, Map.of("CORE_PEER_GOSSIP_STATE_ENABLED", "false"));
            follower.stop();
            network.submit(50, 1000);
            FabricNetwork.awaitHeight(BOUND, 6, List.of(network.grapevine()));

            follower.start();

            Figures.note(
                    "pulled by a Go peer, from its start",
                    FabricNetwork.awaitHeight(AFTER_START, 6, List.of(follower)));
            ChainComparison.assertSameChain(follower, network.grapevine(), 6);
        }
    }

    @Test
    void isOneOfExactlyOneLeaderWhenTheGoLeaderReturns() {
        try (FabricNetwork network = FabricNetwork.start("outbound-return")) {
            network.peer0().stop();
            network.peer1().stop();
            network.peer1().start();
            Leadership.awaitOne(List.of(network.peer1()));
            network.peer0().start();
            GrapevineNode node = network.joinGrapevine();
            Leadership.await(network.peer1(), network.org1());

            network.peer1().kill();
            Figures.note("our node leads after the Go leader was killed", Leadership.await(node, network.org1()));
            network.submit(20, 1000);
            FabricNetwork.awaitHeight(BOUND, 3, List.of(node, network.peer0()));

            network.peer1().start();
            FabricNetwork.awaitHeight(AFTER_START, 3, network.org1());
            Await.pass(Leadership.BOUND);
            Figures.note(
                    "leader after the return of the lower PKI-ID",
                    Leadership.awaitOne(network.org1()).name());
            network.submit(20, 1000);
            FabricNetwork.awaitHeight(BOUND, 5, network.org1());
            ChainComparison.assertSameChain(network.peer1(), node, 5);
        }
    }

    /**
     * The leader dies, and the election between the two that are left is won by our node; the other cannot reach the orderer.
     */
    private static GoPeer aloneWithACutOffFollower(FabricNetwork network, Map<String, String> theirs) {
        network.peer0().stop();
        Leadership.await(network.peer1(), List.of(network.peer1()));
        network.cutGoPeersOffFromTheOrderer();
        network.peer0().start(theirs);
        GrapevineNode node = network.joinGrapevine(network.connected());
        awaitMembers(2, List.of(network.peer0(), node));

        network.peer1().kill();
        Figures.note("our node wins against the higher PKI-ID", Leadership.await(node, network.org1()));
        return network.peer0();
    }

    private static void awaitMembers(int others, List<LabPeer> peers) {
        Await.until(
                AFTER_START,
                others + " others known to each of " + peers,
                () -> peers.stream()
                        .allMatch(peer -> peer.metric("gossip_membership_total_peers_known")
                                        .orElse(0)
                                == others));
    }
}
