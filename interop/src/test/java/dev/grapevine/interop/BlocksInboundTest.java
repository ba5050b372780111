package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.Leadership;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every way by which blocks come from Go peers to our node. */
@FabricScenario
class BlocksInboundTest {
    /** No gap survives this long while anyone has the block. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final int DEEP = 500;

    /** One Go peer fetches from the orderer for Org1 and there are no elections. */
    private static final Map<String, String> LED_BY_CONFIGURATION =
            Map.of("CORE_PEER_GOSSIP_USELEADERELECTION", "false");

    @Test
    void pushedByTheElectedGoPeer() {
        try (FabricNetwork network = FabricNetwork.start("inbound-push")) {
            LabPeer leader = Leadership.awaitOne(List.of(network.peer0(), network.peer1()));
            GrapevineNode node = network.joinGrapevine();
            Await.until(BOUND, "our node knows the leader", () -> network.lists(node, leader.address()));
            Duration slowest = Duration.ZERO;
            for (int block = 1; block <= 20; block++) {
                network.submit(10, 1000);
                FabricNetwork.awaitHeight(BOUND, block + 1, List.of(leader));
                Duration later = FabricNetwork.awaitHeight(BOUND, block + 1, List.of(node));
                slowest = later.compareTo(slowest) > 0 ? later : slowest;
            }
            Figures.note("pushed block, behind the Go leader, slowest of 20", slowest);
            assertThat(slowest).isLessThan(Duration.ofSeconds(4));
            assertThat(node.metric("gossip_state_requests_sent").orElse(0)).isZero();
            ChainComparison.assertSameChain(leader, node, 21);
        }
    }

    /** The Go peers gather what they would push for 20 s, which leaves the pull, every 4 s, to be first. */
    @Test
    void pulledWherePushIsWithheld() {
        Map<String, String> slowPush = new LinkedHashMap<>(LED_BY_CONFIGURATION);
        slowPush.put("CORE_PEER_GOSSIP_MAXPROPAGATIONBURSTLATENCY", "20s");
        slowPush.put("CORE_PEER_GOSSIP_MAXPROPAGATIONBURSTSIZE", "100000");
        slowPush.put("CORE_PEER_GOSSIP_STATE_ENABLED", "false");
        // Else the height that the leader announces may come before the next pull, and our node asks for the blocks at
        // once.
        slowPush.put("CORE_PEER_GOSSIP_PUBLISHSTATEINFOINTERVAL", "20s");
        try (FabricNetwork network = FabricNetwork.start("inbound-pull", slowPush)) {
            lead(network, slowPush);
            GrapevineNode node = network.joinGrapevine(Map.of(
                    "CORE_PEER_GOSSIP_MAXPROPAGATIONBURSTLATENCY", "10ms", "CORE_PEER_GOSSIP_STATE_ENABLED", "false"));
            Await.until(
                    Duration.ofSeconds(60),
                    "our node knows the leader",
                    () -> network.lists(node, network.peer1().address()));
            network.submit(50, 1000);
            FabricNetwork.awaitHeight(BOUND, 6, List.of(network.peer1()));
            Figures.note("pulled, behind the Go leader", FabricNetwork.awaitHeight(BOUND, 6, List.of(node)));
            assertThat(node.metric("gossip_state_requests_sent").orElse(0)).isZero();
            ChainComparison.assertSameChain(network.peer1(), node, 6);
        }
    }

    @Test
    void transferredWhenJoiningADeepChannelAndAfterAnOutage() {
        transferred("inbound-transfer", Map.of());
    }

    @Test
    void transferredFromGoPeersWithoutStateTransferOfTheirOwn() {
        transferred("inbound-transfer-disabled", Map.of("CORE_PEER_GOSSIP_STATE_ENABLED", "false"));
    }

    private static void transferred(String name, Map<String, String> environment) {
        try (FabricNetwork network = FabricNetwork.start(name, environment)) {
            LabPeer leader = Leadership.awaitOne(List.of(network.peer0(), network.peer1()));
            network.submit(10 * DEEP, 200);
            FabricNetwork.awaitHeight(Duration.ofSeconds(60), DEEP, List.of(leader));
            long height = leader.height();

            GrapevineNode node = network.joinGrapevine(Map.of("CORE_PEER_GOSSIP_STATE_ENABLED", "true"));
            Figures.note(
                    name + ": from joining to height " + height,
                    FabricNetwork.awaitHeight(BOUND, height, List.of(node)));

            node.kill();
            network.submit(1000, 200);
            FabricNetwork.awaitHeight(BOUND, height + 100, List.of(leader));
            node.start();
            Figures.note(
                    name + ": 100 blocks missed in an outage",
                    FabricNetwork.awaitHeight(BOUND, height + 100, List.of(node)));
            ChainComparison.assertSameChain(leader, node, height + 100);
        }
    }

    /** Makes peer1 the one that fetches from the orderer. */
    private static void lead(FabricNetwork network, Map<String, String> environment) {
        network.peer1().stop();
        network.peer1().start(with(environment, "CORE_PEER_GOSSIP_ORGLEADER", "true"));
    }

    private static Map<String, String> with(Map<String, String> some, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(some);
        more.put(key, value);
        return more;
    }
}
