package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer with an external endpoint that has nobody of its own organisation beside it on the ring of probes. */
class ForeignNeighboursTest {
    private final TestNetwork network = new TestNetwork(12);

    @Test
    void learnsOfPeersThatOnlyItsOwnOrganisationMayKnow() {
        TestPeer gate = network.open(TestNetwork.ORG1, "gate");
        TestPeer friend = network.open(TestNetwork.ORG1, "peer1", "gate:7051");
        for (int number = 0; number < 40; number++) {
            network.open(TestNetwork.ORG2, "other" + number, "other0:7051");
        }
        network.run(Duration.ofSeconds(5));
        gate.discovery.connectToAnchors(
                TestNetwork.CHANNEL, List.of(new AnchorPeer(TestNetwork.ORG2, "other0-gate", 443)));
        network.run(Duration.ofSeconds(30));
        assertThat(gate.discovery.neighbours()).doesNotContain(friend.pkiId());

        TestPeer inner = network.peer(
                        TestNetwork.ORG1,
                        "inner",
                        DiscoveryConfig.defaults("inner:7051").withBootstrap("peer1:7051"))
                .start();
        network.cut((from, to) -> to == gate && (from == inner || from == friend));
        network.run(Duration.ofSeconds(15));
        assertThat(gate.knows(inner)).isFalse();

        network.cut((from, to) -> false);
        network.run(Duration.ofMinutes(1));
        assertThat(gate.sees(inner)).isTrue();
    }
}
