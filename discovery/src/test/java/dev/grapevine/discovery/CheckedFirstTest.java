package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the statements that others pass on are checked before everything else that waits: those that may save somebody. */
class CheckedFirstTest {
    private final TestNetwork network = new TestNetwork(51);
    private TestPeer peer;
    private TestPeer suspect;
    private TestPeer other;
    private TestPeer another;

    @BeforeEach
    void run() {
        List<TestPeer> peers = network.capable(4);
        peer = peers.get(0);
        suspect = peers.get(1);
        other = peers.get(2);
        another = peers.get(3);
        network.run(Duration.ofSeconds(30));
        assertThat(network.everybodySees(peers)).isTrue();
        network.cut((from, to) -> from == suspect || to == suspect);
        hear(accusation(suspect, other));
        assertThat(peer.meters.count("gossip_liveness_suspicions")).isEqualTo(1);
        peer.checkedFirst = 0;
        peer.verifications = 0;
    }

    private static SignedGossipMessage accusation(TestPeer accused, TestPeer accuser) {
        return SignedGossipMessage.signed(
                Extensions.message(AliveMessages.accusation(accused, accuser, 0, false))
                        .message(),
                accuser.identity);
    }

    private static SignedGossipMessage newAlive(TestPeer of) {
        var time = of.discovery.selfAlive().message().getAliveMsg().getTimestamp();
        return AliveMessages.alive(of, time.getIncNum(), time.getSeqNum() + 1);
    }

    private void hear(SignedGossipMessage statement) {
        peer.receive(AliveMessages.rumour(statement.wire()), other);
        network.run(Duration.ofMillis(1));
    }

    @Test
    void whatClearsASuspectIs() {
        hear(newAlive(suspect));
        assertThat(peer.checkedFirst).isEqualTo(1);
    }

    @Test
    void whatOthersSayOfThemselvesIsNot() {
        hear(newAlive(other));
        assertThat(peer.verifications).isEqualTo(1);
        assertThat(peer.checkedFirst).isZero();
    }

    @Test
    void anAccusationThatWeMustAnswerIs() {
        hear(accusation(peer, other));
        assertThat(peer.checkedFirst).isEqualTo(1);
    }

    @Test
    void anAccusationOfOthersIsNot() {
        hear(accusation(suspect, another));
        assertThat(peer.verifications).isEqualTo(1);
        assertThat(peer.checkedFirst).isZero();
    }

    @Test
    void aSuspectAmongManyIsNot() {
        peer.receive(AliveMessages.response(newAlive(suspect), newAlive(other)), other);
        network.run(Duration.ofMillis(1));
        assertThat(peer.verifications).isEqualTo(2);
        assertThat(peer.checkedFirst).isZero();
    }
}
