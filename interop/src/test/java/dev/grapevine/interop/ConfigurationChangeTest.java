package dev.grapevine.interop;

import static dev.grapevine.interop.lab.FabricNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.PeerClient;
import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.ChannelAdministration;
import dev.grapevine.interop.lab.ConfigEdits;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Configuration blocks that a real ordering service makes of real updates, and what our node does with each. */
@FabricScenario
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationChangeTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private FabricNetwork network;
    private GrapevineNode node;
    private ChannelAdministration channel;

    @BeforeAll
    void start() {
        network = FabricNetwork.start("configuration");
        node = network.joinGrapevine();
        channel = new ChannelAdministration(network);
    }

    @AfterAll
    void end() {
        network.close();
    }

    /** Orders a change and waits until all peers have it. */
    private void change(UnaryOperator<ConfigGroup> edit) {
        long next = channel.current().sequence() + 1;
        channel.change(edit);
        List<LabPeer> all = List.of(network.peer0(), network.peer1(), network.peer0OfOrg2(), node);
        Await.until(
                SOON,
                "configuration " + next + " on all",
                () -> all.stream().allMatch(peer -> ChannelAdministration.sequence(peer) == next));
    }

    @Test
    void batchesOfAnotherSizeAreCommittedAsOnGoPeers() {
        change(ConfigEdits.batchCount(3));
        long before = network.peer0().height();

        network.submit(12, 500);

        FabricNetwork.awaitHeight(SOON, before + 4, List.of(network.peer0(), node));
        assertThat(node.block(before).getData().getDataCount()).isEqualTo(3);
        ChainComparison.assertSameChain(network.peer0(), node, before + 4);
    }

    @Test
    void aCapabilityThatAllPeersHaveIsTakenAndTheChannelGoesOn() {
        change(ConfigEdits.applicationCapability("V2_0"));
        long before = network.peer0().height();

        network.submit(1, 500);

        FabricNetwork.awaitHeight(SOON, before + 1, List.of(network.peer0(), node));
        ChainComparison.assertSameChain(network.peer0(), node, before + 1);
        assertThat(node.health()).contains("\"OK\"");
    }

    @Test
    void anAccessControlListTakesEffectAtOnceAsOnAGoPeer() {
        assertThat(asUser(node)).isEqualTo(asUser(network.peer0())).startsWith("height");

        change(ConfigEdits.acl("qscc/GetChainInfo", "/Channel/Application/Admins"));

        for (LabPeer peer : List.of(network.peer0(), node)) {
            assertThat(asUser(peer)).as("%s", peer).contains("access denied");
        }
        assertThatThrownBy(() -> node.ask(client -> client.info(CHANNEL)))
                .as("one administrator is not the majority of two")
                .hasMessageContaining("access denied");

        change(ConfigEdits.acl("qscc/GetChainInfo", "/Channel/Application/Writers"));
        assertThat(asUser(node)).isEqualTo(asUser(network.peer0())).startsWith("height");
    }

    /** What Org1's user gets for GetChainInfo. */
    private static String asUser(LabPeer peer) {
        try (Connection connection = peer.organisation().connectAs("User1", peer)) {
            return "height " + new PeerClient(connection).info(CHANNEL).getHeight();
        } catch (dev.grapevine.cli.CommandFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void anchorPeersAreDialledWhileTheConfigurationNamesThem() {
        node.log().mark();
        change(ConfigEdits.anchors("Org2", List.of(17251, 17999)));
        Figures.note(
                "a new anchor peer is dialled after its configuration block",
                Await.until(
                        SOON,
                        "the new anchor peer is dialled",
                        () -> node.log().says("cannot connect to localhost:17999")));

        change(ConfigEdits.anchors("Org2", List.of(17251)));
        node.log().mark();
        Await.stays(
                Duration.ofSeconds(40),
                "an anchor peer that was removed is left alone",
                () -> !node.log().says("localhost:17999"));
    }

    @Test
    void serviceDiscoveryGivesTheEndpointsOfTheOrderersAsAGoPeerDoes() {
        change(ConfigEdits.ordererEndpoints("localhost:17998", "localhost:17050"));

        String answer = network.discover(node, "config", "--channel=" + CHANNEL);
        assertThat(answer).contains("17998");
        assertThat(answer).isEqualTo(network.discover(network.peer0(), "config", "--channel=" + CHANNEL));

        change(ConfigEdits.ordererEndpoints("localhost:17050"));
        assertThat(network.discover(node, "config", "--channel=" + CHANNEL)).doesNotContain("17998");
    }
}
