package dev.grapevine.proto;

import static dev.grapevine.proto.Supersession.Verdict.INVALIDATED;
import static dev.grapevine.proto.Supersession.Verdict.INVALIDATES;
import static dev.grapevine.proto.Supersession.Verdict.NO_ACTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.PeerIdentity;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.junit.jupiter.api.Test;

class SupersessionTest {
    private final Supersession supersession = new Supersession(10);

    private static GossipMessage alive(String peer, long incarnation, long sequence) {
        return GossipMessage.newBuilder()
                .setAliveMsg(AliveMessage.newBuilder()
                        .setMembership(Member.newBuilder().setPkiId(ByteString.copyFromUtf8(peer)))
                        .setTimestamp(new Timestamp(incarnation, sequence).toWire()))
                .build();
    }

    private static GossipMessage block(long number) {
        return GossipMessage.newBuilder()
                .setDataMsg(
                        DataMessage.newBuilder().setPayload(Payload.newBuilder().setSeqNum(number)))
                .build();
    }

    @Test
    void theLaterIncarnationWinsAndWithinOneTheLaterSequence() {
        assertThat(supersession.verdict(alive("a", 2, 1), alive("a", 1, 9))).isEqualTo(INVALIDATES);
        assertThat(supersession.verdict(alive("a", 1, 9), alive("a", 2, 1))).isEqualTo(INVALIDATED);
        assertThat(supersession.verdict(alive("a", 1, 2), alive("a", 1, 1))).isEqualTo(INVALIDATES);
        assertThat(supersession.verdict(alive("a", 1, 1), alive("a", 1, 1))).isEqualTo(INVALIDATED);
    }

    @Test
    void timesAreUnsigned() {
        assertThat(supersession.verdict(alive("a", -1, 0), alive("a", 1, 0))).isEqualTo(INVALIDATES);
    }

    @Test
    void differentPeersDoNotAffectEachOther() {
        assertThat(supersession.verdict(alive("a", 2, 1), alive("b", 1, 1))).isEqualTo(NO_ACTION);
    }

    @Test
    void stateInfoAndLeadershipFollowTheSameRule() {
        GossipMessage older = GossipMessage.newBuilder()
                .setStateInfo(StateInfo.newBuilder().setTimestamp(new Timestamp(1, 1).toWire()))
                .build();
        GossipMessage newer = GossipMessage.newBuilder()
                .setStateInfo(StateInfo.newBuilder().setTimestamp(new Timestamp(1, 2).toWire()))
                .build();
        GossipMessage declaration = GossipMessage.newBuilder()
                .setLeadershipMsg(LeadershipMessage.newBuilder().setTimestamp(new Timestamp(1, 2).toWire()))
                .build();

        assertThat(supersession.verdict(newer, older)).isEqualTo(INVALIDATES);
        assertThat(supersession.verdict(declaration, declaration)).isEqualTo(INVALIDATED);
        assertThat(supersession.verdict(declaration, newer)).isEqualTo(NO_ACTION);
    }

    @Test
    void anIdentityOfTheSamePeerIsADuplicate() {
        GossipMessage identity = GossipMessage.newBuilder()
                .setPeerIdentity(PeerIdentity.newBuilder().setPkiId(ByteString.copyFromUtf8("a")))
                .build();
        GossipMessage other = GossipMessage.newBuilder()
                .setPeerIdentity(PeerIdentity.newBuilder().setPkiId(ByteString.copyFromUtf8("b")))
                .build();

        assertThat(supersession.verdict(identity, identity)).isEqualTo(INVALIDATED);
        assertThat(supersession.verdict(other, identity)).isEqualTo(NO_ACTION);
    }

    @Test
    void blocksWithinTheWindowLiveSideBySide() {
        assertThat(supersession.verdict(block(20), block(20))).isEqualTo(INVALIDATED);
        assertThat(supersession.verdict(block(30), block(20))).isEqualTo(NO_ACTION);
        assertThat(supersession.verdict(block(20), block(30))).isEqualTo(NO_ACTION);
        assertThat(supersession.verdict(block(31), block(20))).isEqualTo(INVALIDATES);
        assertThat(supersession.verdict(block(20), block(31))).isEqualTo(INVALIDATED);
    }

    @Property
    void ofTwoBlocksAtMostOneInvalidatesTheOther(@ForAll long one, @ForAll long other) {
        var forward = supersession.verdict(block(one), block(other));
        var backward = supersession.verdict(block(other), block(one));

        if (one == other) {
            assertThat(forward).isEqualTo(INVALIDATED);
        } else if (forward == NO_ACTION) {
            assertThat(backward).isEqualTo(NO_ACTION);
        } else {
            assertThat(backward).isNotEqualTo(forward);
        }
    }
}
