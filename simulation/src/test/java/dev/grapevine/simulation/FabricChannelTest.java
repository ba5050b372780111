package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static dev.grapevine.simulation.Scenario.ORG2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.channel.GossipConfig;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.state.StateConfig;
import dev.grapevine.state.deliver.DeliverConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The blocks of a real Fabric channel, five configurations among them, come from its ordering service to one peer, and by each
 * of Fabric's three ways alone, or by our tree, to all others. Identities, signatures and policies are the real ones.
 */
class FabricChannelTest {
    private static final int LAST_BLOCK = 31;

    /** Within the validity of the recorded certificates. */
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");

    private final BlockTraffic traffic = new BlockTraffic();
    private SimulatedNetwork network;

    @BeforeEach
    void theRecordedNetwork() {
        FabricFixtures.assumePresent();
        network = new SimulatedNetwork(
                new VirtualTime(31, NEW_YEAR),
                new ChannelId("lab"),
                FabricFixtures.block(0),
                new FabricCredentials(FabricFixtures.crypto()));
        network.observe(traffic::see);
    }

    /** Three peers of Org1, of which the first has the ordering service to itself. */
    private List<SimulatedPeer> threePeers(UnaryOperator<PeerSettings> adjust) {
        List<SimulatedPeer> peers = network.addPeers(ORG1, 3, settings -> adjust.apply(leadingIfFirst(settings)));
        assertThat(network.runUntil(network::isComplete, Duration.ofMinutes(1))).isTrue();
        return peers;
    }

    private static PeerSettings leadingIfFirst(PeerSettings settings) {
        boolean first = settings.discovery().endpoint().startsWith("peer0.org1");
        return settings.withElection(first ? ElectionConfig.defaults().leading() : ElectionConfig.defaults());
    }

    private void order(int first, int last) {
        for (int number = first; number <= last; number++) {
            network.order(FabricFixtures.block(number));
        }
    }

    private void allBlocksArrive(Duration limit) {
        assertThat(network.runUntil(network::allHaveEverything, limit))
                .as(
                        "heights %s",
                        network.peers().stream().map(SimulatedPeer::height).toList())
                .isTrue();
        assertThat(network.ordered()).isEqualTo(LAST_BLOCK + 1);
        assertThat(network.peers())
                .allSatisfy(peer -> assertThat(
                                peer.channel().orElseThrow().settings().block())
                        .isEqualTo(LAST_BLOCK));
    }

    @Test
    void arriveByPush() {
        threePeers(settings ->
                settings.withState(StateConfig.defaults().withChannelSize(0)).withExtensions(false));

        orderOneAfterTheOther();

        allBlocksArrive(Duration.ofMillis(200));
        assertThat(traffic.pushed()).isPositive();
        assertThat(traffic.pulled() + traffic.transferred()).isZero();
    }

    private void orderOneAfterTheOther() {
        for (int number = 1; number <= LAST_BLOCK; number++) {
            order(number, number);
            network.run(Duration.ofMillis(100));
        }
    }

    @Test
    void arriveOnceAtEachAlongATree() {
        threePeers(settings -> settings);

        orderOneAfterTheOther();

        allBlocksArrive(Duration.ofMillis(200));
        assertThat(traffic.pushed()).isEqualTo(2 * LAST_BLOCK);
        assertThat(traffic.pulled() + traffic.transferred()).isZero();
    }

    @Test
    void arriveByPullAlone() {
        List<SimulatedPeer> peers = threePeers(settings -> settings.withGossip(rememberingAllBlocks(settings.gossip()))
                .withState(StateConfig.defaults().withChannelSize(0))
                .withExtensions(false));

        for (int first = 1; first <= LAST_BLOCK; first += 16) {
            network.partition(peers.subList(0, 1));
            order(first, Math.min(first + 15, LAST_BLOCK));
            network.run(Duration.ofSeconds(1));
            assertThat(peers.get(0).height()).isEqualTo(network.ordered());
            network.heal();
            network.run(Duration.ofSeconds(20));
        }

        allBlocksArrive(Duration.ofSeconds(20));
        assertThat(traffic.pulled()).isPositive();
        assertThat(traffic.pushed() + traffic.transferred()).isZero();
    }

    private static GossipConfig rememberingAllBlocks(GossipConfig config) {
        return new GossipConfig(
                config.push(),
                config.pull(),
                config.requestStateInfoInterval(),
                config.publishStateInfoInterval(),
                config.membershipTrackerInterval(),
                config.leaderAliveThreshold(),
                LAST_BLOCK + 1,
                config.limits(),
                config.spread());
    }

    @Test
    void arriveByStateTransferAloneAndInTheOtherOrganisationToo() {
        network.addPeers(ORG1, 3, settings -> leadingIfFirst(settings).withDeliver(withoutGossip()));
        network.peers().get(0).listenAlsoAt("localhost:17151");
        network.addPeers(ORG2, 1, settings -> settings.withElection(ElectionConfig.defaults()));
        assertThat(network.runUntil(network::isComplete, Duration.ofMinutes(2))).isTrue();

        order(1, LAST_BLOCK);

        allBlocksArrive(Duration.ofMinutes(1));
        assertThat(traffic.transferred()).isPositive();
        assertThat(traffic.pushed() + traffic.pulled()).isZero();
    }

    private static DeliverConfig withoutGossip() {
        DeliverConfig config = DeliverConfig.defaults();
        return new DeliverConfig(
                config.reconnectTotalTimeThreshold(),
                config.reconnectBackoffThreshold(),
                config.minimalReconnectInterval(),
                config.connTimeout(),
                config.keepaliveInterval(),
                config.keepaliveTimeout(),
                false,
                config.addressOverrides());
    }
}
