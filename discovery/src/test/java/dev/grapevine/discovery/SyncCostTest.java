package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a round of membership requests costs. */
class SyncCostTest {
    private final TestNetwork network = new TestNetwork(1);

    @Test
    void allPeersOfARoundAreToldTheSameAliveMessageSignedOnce() {
        List<TestPeer> peers = network.started(4);
        network.run(Duration.ofSeconds(20));
        TestPeer asking = peers.get(0);
        asking.comm.sent.clear();
        int before = asking.signatures;

        asking.discovery.sync(3);

        assertThat(asking.signatures - before).as("alive message and secret").isEqualTo(2);
        List<ByteString> told = asking.comm.sent.stream()
                .map(SignedGossipMessage::message)
                .map(request -> request.getMemReq().getSelfInformation().toByteString())
                .toList();
        assertThat(told).hasSize(3);
        assertThat(told.stream().distinct()).hasSize(1);
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
