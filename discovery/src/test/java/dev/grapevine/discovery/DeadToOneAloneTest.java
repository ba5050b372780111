package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One peer has buried another that is well. What it holds of the other is what all others hold, so no digest brings it back, and
 * they are no neighbours who would talk.
 */
class DeadToOneAloneTest {
    private final TestNetwork network = new TestNetwork(51);
    private List<TestPeer> peers;
    private TestPeer mistaken;
    private TestPeer buried;

    @BeforeEach
    void run() {
        peers = network.capable(20);
        network.run(Duration.ofSeconds(30));
        assertThat(network.everybodySees(peers)).isTrue();
        mistaken = peers.get(0);
        buried = peers.stream()
                .filter(peer ->
                        peer != mistaken && !mistaken.discovery.neighbours().contains(peer.pkiId()))
                .findFirst()
                .orElseThrow();
    }

    private void bury() {
        mistaken.discovery.suspect(buried.pkiId());
        assertThat(mistaken.sees(buried)).isFalse();
        mistaken.comm.sent.clear();
    }

    private long membershipRequests() {
        return mistaken.comm.sent.stream()
                .filter(message -> message.message().hasMemReq())
                .count();
    }

    @Test
    void itIsReachedAsSoonAsOthersSayItLives() {
        bury();

        network.run(Duration.ofSeconds(12));

        assertThat(mistaken.sees(buried)).isTrue();
    }

    /** Its answer to a membership request bears the same message again, for that is less than a heartbeat old. */
    @Test
    void itIsAskedOnceThoughItHasNothingNewerToSay() {
        buried.discovery.updateMetadata(ByteString.copyFromUtf8("said by all"));
        network.run(Duration.ofMillis(5_900));
        bury();

        network.run(Duration.ofSeconds(1));

        assertThat(mistaken.sees(buried)).isTrue();
        assertThat(membershipRequests()).isEqualTo(1);
        assertThat(buried.meters.rejected("too-many-requests")).isZero();
    }

    /** Else a liar could have honest peers ask each other more than they answer. */
    @Test
    void itIsAskedOnceHoweverOftenOthersSayItLives() {
        bury();
        TestPeer liar = peers.stream()
                .filter(peer -> peer != mistaken && peer != buried)
                .findFirst()
                .orElseThrow();
        MembershipResponse.Builder living = MembershipResponse.newBuilder();
        liar.discovery.aliveMessages().forEach(alive -> living.addAlive(alive.envelope()));
        SignedGossipMessage said = SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.EMPTY)
                .setMemRes(living)
                .build());

        for (int i = 0; i < 50; i++) {
            network.deliver(liar, mistaken, said);
        }
        network.run(Duration.ofSeconds(1));

        assertThat(membershipRequests()).isEqualTo(1);
        assertThat(buried.meters.rejected("too-many-requests")).isZero();
    }
}
