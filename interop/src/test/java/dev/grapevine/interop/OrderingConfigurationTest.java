package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.ChannelAdministration;
import dev.grapevine.interop.lab.ConfigEdits;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.OrdererNode;
import dev.grapevine.interop.lab.OrdererTls;
import dev.grapevine.interop.lab.TcpStreams;
import dev.grapevine.interop.lab.TlsFront;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.junit.jupiter.api.Test;

/** Where the orderers are and which TLS certificates they may show is what the configuration in force says. */
@FabricScenario
class OrderingConfigurationTest {
    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final Map<String, String> NO_ELECTION = Map.of("CORE_PEER_GOSSIP_USELEADERELECTION", "false");
    private static final Map<String, String> LEADER = Map.of("CORE_PEER_GOSSIP_ORGLEADER", "true");

    @Test
    void followsTheOrdererToAnotherAddress() {
        try (FabricNetwork network = FabricNetwork.start("ordering-moved", NO_ELECTION);
                OrdererNode moved = new OrdererNode(network, "orderer0", 17060)) {
            GrapevineNode node = network.joinGrapevine(LEADER);
            change(network, ConfigEdits.ordererEndpoints(moved.address()));
            FabricNetwork.awaitHeight(BOUND, 2, List.of(node));
            network.stopOrderer();
            moved.start();
            network.submitWhenServing(moved.address(), 10);
            Figures.note("orderer at another address: first block", FabricNetwork.awaitHeight(BOUND, 3, List.of(node)));
            FabricNetwork.awaitHeight(BOUND, 3, network.goPeers());
            ChainComparison.assertSameChain(network.peer0(), node, 3);
        }
    }

    @Test
    void trustsTheTlsAuthoritiesInForceAndNoOthers() {
        OrdererTls further = new OrdererTls();
        try (FabricNetwork network = FabricNetwork.start("ordering-tls-roots", NO_ELECTION);
                TlsFront front = TlsFront.start(17060, further.valid(), 17050)) {
            GrapevineNode node = network.joinGrapevine(LEADER);
            change(network, both(ConfigEdits.ordererEndpoints("localhost:17060"), further.trusted()));
            FabricNetwork.awaitHeight(BOUND, 2, List.of(node));
            Await.until(BOUND, "the new address is used", () -> front.sessions() > 0);
            network.submit(10, 1000);
            Figures.note(
                    "orderer under a new TLS authority: block", FabricNetwork.awaitHeight(BOUND, 3, List.of(node)));
            assertThat(TcpStreams.between(node.pid(), network.ordererPid())).isZero();

            FabricNetwork.awaitHeight(BOUND, 3, network.goPeers());
            change(network, further.distrusted());
            FabricNetwork.awaitHeight(BOUND, 4, List.of(node));
            long sessions = front.sessions();
            long attempts = front.attempts();
            Await.until(BOUND, "it is tried again", () -> front.attempts() > attempts);
            network.submit(10, 1000);
            Await.stays(
                    Duration.ofSeconds(10),
                    "whom the configuration no longer trusts is not believed",
                    () -> front.sessions() == sessions && node.height() == 4);
        }
    }

    @Test
    void passesOverAnOrdererWhoseCertificateHasExpired() {
        OrdererTls further = new OrdererTls();
        try (FabricNetwork network = FabricNetwork.start("ordering-expired", NO_ELECTION);
                TlsFront expired = TlsFront.start(17060, further.expired(), 17050)) {
            GrapevineNode node = network.joinGrapevine(LEADER);
            change(
                    network,
                    both(ConfigEdits.ordererEndpoints("localhost:17050", "localhost:17060"), further.trusted()));
            FabricNetwork.awaitHeight(BOUND, 2, List.of(node));
            network.stopOrderer();
            Await.until(BOUND, "the other address is tried", () -> expired.attempts() > 0);
            network.startOrderer(Map.of());
            network.submitWhenServing("localhost:17050", 10);
            Figures.note(
                    "good orderer back beside an expired one: first block",
                    FabricNetwork.awaitHeight(BOUND, 3, List.of(node)));
            assertThat(expired.sessions()).isZero();
            FabricNetwork.awaitHeight(BOUND, 3, network.goPeers());
        }
    }

    private static void change(FabricNetwork network, UnaryOperator<ConfigGroup> edit) {
        new ChannelAdministration(network).change(edit);
    }

    private static UnaryOperator<ConfigGroup> both(UnaryOperator<ConfigGroup> one, UnaryOperator<ConfigGroup> other) {
        return group -> other.apply(one.apply(group));
    }
}
