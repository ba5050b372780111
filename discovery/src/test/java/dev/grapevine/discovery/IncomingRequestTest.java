package dev.grapevine.discovery;

import static dev.grapevine.discovery.AliveMessages.alive;
import static dev.grapevine.discovery.AliveMessages.forged;
import static dev.grapevine.discovery.AliveMessages.request;
import static dev.grapevine.discovery.AliveMessages.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.junit.jupiter.api.Test;

/** What one peer makes of membership requests and responses. */
class IncomingRequestTest extends Addressee {
    @Test
    void badElementsOfAResponseAreSkippedAndTheOthersLearned() {
        SignedGossipMessage good = alive(other, 100, 1);
        TestPeer dead = network.peer(TestNetwork.ORG1, "dead");
        Envelope garbage = Envelope.newBuilder()
                .setPayload(ByteString.copyFromUtf8("no message"))
                .build();
        SignedGossipMessage notAlive = SignedGossipMessage.unsigned(
                GossipMessage.newBuilder().setNonce(7).build());

        receive(response(MembershipResponse.newBuilder()
                .addAlive(garbage)
                .addAlive(notAlive.envelope())
                .addAlive(forged(alive(dead, 100, 1)).envelope())
                .addAlive(good.envelope())
                .addDead(notAlive.envelope())
                .addDead(garbage)
                .addDead(alive(dead, 100, 1).envelope())));

        assertThat(peer.sees(other)).isTrue();
        assertThat(peer.discovery.dead()).extracting(NetworkMember::pkiId).containsExactly(dead.pkiId());
        assertThat(peer.meters.rejected("not-an-alive-message")).isEqualTo(2);
    }

    @Test
    void aDeadElementDoesNotKillALivingPeer() {
        receive(alive(other, 100, 1));

        receive(response(
                MembershipResponse.newBuilder().addDead(alive(other, 100, 2).envelope())));

        assertThat(peer.sees(other)).isTrue();
    }

    @Test
    void aResponseWithMorePeersThanAllowedIsReadUpToTheLimit() {
        MembershipResponse.Builder endless = MembershipResponse.newBuilder();
        endless.addAlive(alive(other, 100, 1).envelope());
        for (int i = 0; i < RequestAnswerer.MAX_ITEMS; i++) {
            endless.addAlive(Envelope.getDefaultInstance());
        }

        receive(response(endless));

        assertThat(peer.sees(other)).isTrue();
        assertThat(peer.meters.rejected("oversized-response")).isEqualTo(1);
    }

    @Test
    void aRequestThatSpeaksForSomebodyElseIsNotAnswered() {
        receive(request(9, alive(other, 100, 1)));

        assertThat(peer.answers()).isEmpty();
        assertThat(peer.knows(other)).isFalse();
        assertThat(peer.meters.rejected("spoofed-request")).isEqualTo(1);
    }

    @Test
    void aRequestIsAnsweredWithItsNonceAndOurselvesLast() {
        peer.meet(sender);
        receive(alive(other, 100, 1), request(9, alive(sender, 100, 1)));

        GossipMessage answer = peer.answers().get(0).message();
        assertThat(answer.getNonce()).isEqualTo(9);
        assertThat(answer.getTag()).isEqualTo(GossipMessage.Tag.EMPTY);
        List<Envelope> alive = answer.getMemRes().getAliveList();
        assertThat(alive).hasSize(3);
        assertThat(alive.get(2)).isEqualTo(peer.discovery.selfAlive().envelope());
        assertThat(peer.sees(sender)).isTrue();
    }

    @Test
    void aRequestWithOldSelfInformationIsAnsweredWithoutACheck() {
        receive(request(1, alive(sender, 100, 1)));
        int checked = peer.verifications;

        receive(request(2, alive(sender, 100, 1)));

        assertThat(peer.verifications).isEqualTo(checked);
        assertThat(peer.answers()).hasSize(2);
    }

    @Test
    void aFloodOfRequestsIsNotAnswered() {
        receive();
        for (int i = 0; i < 100; i++) {
            peer.receive(request(i, alive(sender, 100, i)), sender);
        }
        network.run(Duration.ofMillis(100));

        assertThat(peer.answers()).hasSize(10);
        assertThat(peer.meters.rejected("too-many-requests")).isEqualTo(90);
    }

    @Test
    void whatExceedsTheChecksInFlightIsDroppedAndTheRestLearned() {
        peer.loop.setWorkDuration(Duration.ofMillis(20));
        SignedGossipMessage[] half = new SignedGossipMessage[AliveVerifier.MAX_IN_FLIGHT];
        for (int i = 0; i < half.length; i++) {
            half[i] = alive(other, 100, i);
        }

        receive(response(half), alive(sender, 100, 1));

        assertThat(peer.sees(other)).isTrue();
        assertThat(peer.sees(sender)).isFalse();
        assertThat(peer.meters.rejected("verification-overload")).isEqualTo(1);
        receive(alive(sender, 100, 1));
        assertThat(peer.sees(sender)).isTrue();
    }
}
