package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Farewell;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What liars achieve with accusations and farewells: work for others, no death. */
class FalseAccusationTest {
    private final TestNetwork network = new TestNetwork(51);
    private List<TestPeer> peers;

    @BeforeEach
    void run() {
        peers = network.capable(20);
        network.run(Duration.ofSeconds(30));
        assertThat(network.everybodySees(peers)).isTrue();
    }

    private void say(TestPeer liar, Extension statement) {
        SignedGossipMessage signed =
                SignedGossipMessage.signed(Extensions.message(statement).message(), liar.identity);
        peers.stream()
                .filter(peer -> peer != liar)
                .forEach(peer -> network.deliver(liar, peer, AliveMessages.rumour(signed.wire())));
    }

    private boolean somebodyDied() {
        return peers.stream().anyMatch(peer -> peer.events.stream().anyMatch(event -> event.startsWith("left")));
    }

    @Test
    void aTenthOfLiarsThatAccuseEverybodyAllTheTimeKillNobody() {
        List<TestPeer> liars = peers.subList(0, 2);

        for (int round = 0; round < 300; round++) {
            for (TestPeer liar : liars) {
                for (TestPeer accused : peers.subList(2, 20)) {
                    say(liar, AliveMessages.accusation(accused, liar, round % 3, round % 2 == 0));
                }
            }
            network.run(Duration.ofSeconds(1));
        }

        assertThat(somebodyDied()).isFalse();
    }

    @Test
    void accusationsOfTheFarFutureAreRefutedLikeAnyOther() {
        for (int liar = 0; liar < 4; liar++) {
            say(peers.get(liar), AliveMessages.accusation(peers.get(10), peers.get(liar), Long.MAX_VALUE / 2, true));
        }
        network.run(Duration.ofMinutes(1));

        assertThat(somebodyDied()).isFalse();
        assertThat(peers.get(10).meters.count("gossip_liveness_refutations")).isPositive();
    }

    @Test
    void nobodyAccusesInTheNameOfOthers() {
        for (TestPeer supposed : peers.subList(1, 9)) {
            say(peers.get(0), AliveMessages.accusation(peers.get(10), supposed, 0, true));
        }
        network.run(Duration.ofSeconds(5));

        assertThat(peers.subList(1, 20))
                .allMatch(peer -> peer.meters.count("gossip_liveness_suspicions") == 0)
                .allMatch(peer -> peer.meters.rejected("bad-statement-signature") > 0);
    }

    @Test
    void nobodySaysFarewellForOthers() {
        Farewell.Builder farewell = Farewell.newBuilder()
                .setPeer(peers.get(10).pkiId().bytes())
                .setIncarnation(Long.MAX_VALUE)
                .setSequence(1);

        say(peers.get(0), Extension.newBuilder().setFarewell(farewell).build());
        network.run(Duration.ofSeconds(5));

        assertThat(somebodyDied()).isFalse();
    }

    @Test
    void garbageIsRejected() {
        for (ByteString garbage : List.of(ByteString.copyFromUtf8("x"), ByteString.EMPTY)) {
            network.deliver(peers.get(0), peers.get(1), AliveMessages.rumour(garbage));
        }
        network.deliver(
                peers.get(0),
                peers.get(1),
                Extensions.message(AliveMessages.accusation(peers.get(2), peers.get(0), 0, false)));
        network.run(Duration.ofSeconds(1));

        assertThat(peers.get(1).meters.rejected("malformed-rumour")).isPositive();
        assertThat(peers.get(1).meters.rejected("unexpected-extension")).isPositive();
        assertThat(somebodyDied()).isFalse();
    }
}
