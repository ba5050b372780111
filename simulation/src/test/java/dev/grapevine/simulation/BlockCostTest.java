package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.state.StateConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;

/**
 * What a block costs the peers that it passes: one verification each, however it comes, and nobody builds the message of a
 * pushed one anew.
 */
class BlockCostTest {
    private static final int PEERS = 12;
    private static final int BLOCKS = 40;

    private final ChannelId channel = new ChannelId("simulated");
    private final CountingCredentials credentials =
            new CountingCredentials(new ModelledCredentials(Map.of(ORG1, Addresses.anchors(ORG1))));
    private final Map<Long, Set<ByteString>> frames = new TreeMap<>();
    private int pushes;
    private int transferred;

    /**
     * Blocks reach all peers.
     *
     * @param adjust says what kind of peers they are
     * @param loss fraction of the frames that get lost meanwhile
     */
    private void spread(UnaryOperator<PeerSettings> adjust, double loss) {
        ModelledChain chain = new ModelledChain(channel);
        SimulatedNetwork network =
                new SimulatedNetwork(new VirtualTime(8), channel, chain.configuration(), credentials);
        network.observe(this::see);
        network.addPeers(ORG1, PEERS, adjust);
        assertThat(network.runUntil(
                        () -> network.isComplete() && network.leaders().size() == 1, Duration.ofMinutes(2)))
                .isTrue();
        // those who took the lead at the same moment have given way by then
        network.run(Duration.ofSeconds(20));
        network.lose(loss);
        for (int number = 0; number < BLOCKS; number++) {
            network.order(chain.transaction(ByteString.copyFrom(new byte[500])));
            network.run(Duration.ofSeconds(1));
        }
        network.lose(0);
        assertThat(network.runUntil(network::allHaveEverything, Duration.ofMinutes(1)))
                .isTrue();
    }

    /** In memory a frame arrives as the object that was sent, so the same bytes built twice are two objects. */
    private void see(ByteString frame) {
        try {
            SignedGossipMessage message = SignedGossipMessage.parse(frame);
            if (message.type() == ContentCase.DATA_MSG) {
                pushes++;
                frames.computeIfAbsent(
                                message.message().getDataMsg().getPayload().getSeqNum(),
                                number -> Collections.newSetFromMap(new IdentityHashMap<>()))
                        .add(frame);
            } else if (message.type() == ContentCase.STATE_RESPONSE) {
                transferred += message.message().getStateResponse().getPayloadsCount();
            }
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a peer sent what is no message", e);
        }
    }

    private void assertVerifiedOnceByEach() {
        assertThat(credentials.verifications()).hasSize(PEERS);
        for (Map<Long, Integer> counts : credentials.verifications()) {
            assertThat(counts.values()).as("blocks %s", counts).hasSize(BLOCKS).containsOnly(1);
        }
    }

    private static PeerSettings pushingOnly(PeerSettings settings) {
        return settings.withState(StateConfig.defaults().withChannelSize(0)).withExtensions(false);
    }

    @Test
    void eachBlockIsSentOnceToEachPeer() {
        spread(settings -> settings, 0);

        assertThat(pushes).isEqualTo((PEERS - 1) * BLOCKS);
        assertThat(transferred).isZero();
        assertVerifiedOnceByEach();
    }

    @Test
    void eachPeerVerifiesEachBlockOnceHoweverManyCopiesArrive() {
        spread(BlockCostTest::pushingOnly, 0);

        assertThat(pushes).isGreaterThan(2 * PEERS * BLOCKS);
        assertVerifiedOnceByEach();
    }

    @Test
    void eachPeerVerifiesEachBlockOnceThoughStateTransferBringsWhatGossipBringsToo() {
        spread(settings -> settings.withExtensions(false), 0.2);

        assertThat(pushes).isGreaterThan(PEERS * BLOCKS);
        assertThat(transferred).isGreaterThan(BLOCKS / 4);
        assertVerifiedOnceByEach();
    }

    @Test
    void aPushedBlockIsPassedOnInTheVeryBytesItCameIn() {
        spread(BlockCostTest::pushingOnly, 0);

        assertThat(frames).hasSize(BLOCKS);
        assertThat(frames.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }
}
