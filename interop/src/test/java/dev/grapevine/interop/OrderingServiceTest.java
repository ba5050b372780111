package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.OrdererNode;
import dev.grapevine.interop.lab.OrderingService;
import dev.grapevine.interop.lab.TcpStreams;
import dev.grapevine.interop.lab.WrongOrderer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Our node fetches for Org1, always, and the Go peers never do; what happens to the orderers it gets over by itself. */
@FabricScenario
class OrderingServiceTest {
    /** The longest pause between two attempts is 5 s here; a Raft orderer that starts needs about 2 s to lead. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final Map<String, String> NO_ELECTION = Map.of("CORE_PEER_GOSSIP_USELEADERELECTION", "false");

    private static final Map<String, String> LEADER = Map.of("CORE_PEER_GOSSIP_ORGLEADER", "true");

    @Test
    void resumesWhenTheOrdererIsBackAfterAnOutage() {
        try (FabricNetwork network = FabricNetwork.start("ordering-restart", NO_ELECTION)) {
            GrapevineNode node = network.joinGrapevine(LEADER);
            network.submit(10, 1000);
            FabricNetwork.awaitHeight(BOUND, 2, List.of(node));

            network.stopOrderer();
            Await.pass(Duration.ofSeconds(20));
            network.startOrderer(Map.of());
            network.submitWhenServing("localhost:17050", 10);
            Figures.note("orderer back: first block", FabricNetwork.awaitHeight(BOUND, 3, List.of(node)));
            FabricNetwork.awaitHeight(BOUND, 3, network.goPeers());
            ChainComparison.assertSameChain(network.peer0(), node, 3);
        }
    }

    @Test
    void movesOnWhenTheOrdererItUsesDies() {
        FabricNetwork prepared = FabricNetwork.prepare("ordering-three", NO_ELECTION);
        List<OrdererNode> orderers = OrderingService.three(prepared);
        try (FabricNetwork network = prepared;
                OrdererNode first = orderers.get(0);
                OrdererNode second = orderers.get(1);
                OrdererNode third = orderers.get(2)) {
            for (OrdererNode orderer : List.of(first, second, third)) {
                orderer.start();
                orderer.join();
            }
            network.up();
            GrapevineNode node = network.joinGrapevine(LEADER);
            long height = 1;
            for (int round = 0; round < 3; round++) {
                network.submitWhenServing(first.address(), 10);
                FabricNetwork.awaitHeight(BOUND, ++height, List.of(node));
                OrdererNode used = orderers.stream()
                        .filter(orderer -> TcpStreams.between(node.pid(), orderer.pid()) > 0)
                        .findFirst()
                        .orElseThrow();
                used.close();
                OrdererNode left = orderers.stream()
                        .filter(orderer -> orderer != used)
                        .findFirst()
                        .orElseThrow();
                network.submitWhenServing(left.address(), 10);
                Figures.note(
                        "one of three orderers killed: next block",
                        FabricNetwork.awaitHeight(BOUND, ++height, List.of(node)));
                used.start();
            }
            FabricNetwork.awaitHeight(BOUND, height, network.goPeers());
            ChainComparison.assertSameChain(network.peer0(), node, height);
        }
    }

    @Test
    void refusesBlocksWithoutTheOrderersSignatureAndAsksAnother() {
        FabricNetwork prepared = FabricNetwork.prepare("ordering-wrong", NO_ELECTION);
        OrderingService.addresses(prepared, List.of("localhost:17050", "localhost:17060"));
        try (FabricNetwork network = prepared) {
            network.up();
            network.stopOrderer();
            try (WrongOrderer wrong = WrongOrderer.start(network, 17060)) {
                network.submit("localhost:17060", 30, 1000);
                assertThat(wrong.height()).isGreaterThanOrEqualTo(4);
                GrapevineNode node = network.joinGrapevine(LEADER);
                Await.until(BOUND, "a bad block is refused", () -> node.log().says("refused from localhost:17060"));
                assertThat(node.height()).isEqualTo(1);

                network.startOrderer(Map.of());
                network.submitWhenServing("localhost:17050", 10);
                Figures.note(
                        "good orderer appears beside a bad one: first block",
                        FabricNetwork.awaitHeight(BOUND, 2, List.of(node)));
                FabricNetwork.awaitHeight(BOUND, 2, network.goPeers());
                ChainComparison.assertSameChain(network.peer0(), node, 2);
            }
        }
    }

    /** The orderer then demands a client certificate, and its hash in the request for blocks. */
    @Test
    void bindsItsRequestToItsTlsCertificate() {
        Map<String, String> mutual = new LinkedHashMap<>(NO_ELECTION);
        mutual.put("LAB_PEER_MTLS", "true");
        try (FabricNetwork network = FabricNetwork.start("ordering-binding", mutual)) {
            network.stopOrderer();
            network.startOrderer(Map.of("LAB_ORDERER_MTLS", "true"));
            GrapevineNode node = network.joinGrapevine(LEADER);
            network.submitWhenServing("localhost:17050", 10);
            FabricNetwork.awaitHeight(BOUND, 2, List.of(node));
            assertThat(TcpStreams.between(node.pid(), network.ordererPid())).isPositive();
        }
    }
}
