package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;

/** What it costs peers to start together: a handshake is some milliseconds of both sides' processors. */
class StartCostTest {
    private static final int PEERS = 50;

    private int introductions;

    private void see(ByteString frame) {
        try {
            if (SignedGossipMessage.parse(frame).type() == ContentCase.CONN) {
                introductions++;
            }
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a peer sent what is no message", e);
        }
    }

    @Test
    void aThirdOfAllPossibleLinksIsMoreThanEnoughForEverybodyToKnowEverybody() {
        Scenario scenario = Scenario.starting(84, PEERS, ORG1);
        scenario.network().observe(this::see);

        scenario.within(
                Duration.ofSeconds(5),
                "everybody knows everybody",
                () -> scenario.peers().stream().allMatch(peer -> peer.membersAlive() == PEERS - 1));

        int handshakes = introductions / 2;
        assertThat(handshakes).isLessThan(PEERS * (PEERS - 1) / 2 / 3);
    }
}
