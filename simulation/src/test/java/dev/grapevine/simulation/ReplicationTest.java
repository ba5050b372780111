package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.MspId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main job, in virtual time: peers of an organisation replicate a channel. */
class ReplicationTest {
    private static final MspId ORG1 = new MspId("Org1MSP");

    @Test
    void peersFindEachOtherElectALeaderAndHoldTheSameChain() {
        SimulatedNetwork network = new SimulatedNetwork(1, ORG1);
        List<SimulatedPeer> peers = network.addPeers(ORG1, 4);

        assertThat(network.runUntil(
                        () -> peers.stream().allMatch(peer -> peer.channelMembers() == 3), Duration.ofSeconds(60)))
                .isTrue();
        assertThat(network.runUntil(() -> network.leaders().size() == 1, Duration.ofSeconds(60)))
                .isTrue();
        network.order(100, 1000);
        assertThat(network.runUntil(network::allHaveEverything, Duration.ofSeconds(30)))
                .isTrue();
        assertThat(network.difference()).isEmpty();
    }
}
