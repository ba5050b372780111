package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a round of membership requests costs. */
class SyncCostTest {
    private final TestNetwork network = new TestNetwork(1);

    @Test
    void allPeersOfARoundAreShownTheLastHeartbeatSoThatNothingIsSigned() {
        List<TestPeer> peers = network.started(4);
        network.run(Duration.ofSeconds(21));
        TestPeer asking = peers.get(0);
        asking.comm.sent.clear();
        int before = asking.signatures;

        asking.discovery.sync(3);

        assertThat(asking.signatures).isEqualTo(before);
        assertThat(asking.comm.sent)
                .hasSize(3)
                .extracting(request -> request.message().getMemReq().getSelfInformation())
                .containsOnly(asking.discovery.selfAlive().envelope());
    }

    @Test
    void oneSignedAliveMessageIsEnoughForARoundWhereNothingHasBeenSaidForLong() {
        List<TestPeer> peers = network.capable(4);
        network.run(Duration.ofSeconds(60));
        TestPeer asking = peers.get(0);
        int before = asking.signatures;

        asking.discovery.sync(3);

        assertThat(asking.signatures - before).as("alive message and secret").isEqualTo(2);
    }

    @Test
    void whoKnowsNobodySignsNothing() {
        TestPeer alone = network.started(1).get(0);
        network.run(Duration.ofSeconds(1));
        int before = alone.signatures;

        network.run(Duration.ofMinutes(1));

        assertThat(alone.signatures).isEqualTo(before);
    }
}
