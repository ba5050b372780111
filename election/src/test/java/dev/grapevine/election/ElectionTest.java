package dev.grapevine.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.election.Organisation.Peer;
import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.junit.jupiter.api.Test;

/** The scenarios of Fabric's election suite, in virtual time. */
class ElectionTest {
    private static final int SETTLED = 60;

    @Test
    void ofPeersThatStartTogetherTheSmallestLeads() {
        Organisation organisation = new Organisation(1, 4);

        organisation.startAll();
        organisation.runFor(SETTLED);

        assertThat(organisation.leaders()).containsExactly(0);
        assertThat(organisation.peers.get(0).changes).containsExactly(true);
        assertThat(organisation.peers.get(1).changes).isEmpty();
    }

    @Test
    void everyPeerKnowsWhoLeadsAndNobodyLeadsWhileTheNextIsElected() {
        Organisation organisation = new Organisation(1, 3);
        organisation.startAll();
        assertThat(organisation.knownLeaders()).isEmpty();
        organisation.runFor(SETTLED);
        assertThat(organisation.knownLeaders())
                .containsOnly(organisation.peers.get(0).id())
                .hasSize(3);

        organisation.peers.get(0).stop();
        assertThat(organisation.knownLeaders()).isEmpty();

        organisation.runFor(SETTLED);
        assertThat(organisation.knownLeaders())
                .containsOnly(organisation.peers.get(1).id())
                .hasSize(2);
    }

    @Test
    void whoHasYieldedKnowsNoLeaderBeforeAnotherDeclares() {
        Organisation organisation = new Organisation(1, 2);
        organisation.startAll();
        organisation.runFor(SETTLED);
        Peer first = organisation.peers.get(0);

        first.election.yieldLeadership();
        assertThat(first.election.leader()).isEmpty();

        organisation.runFor(30);
        assertThat(first.election.leader()).contains(organisation.peers.get(1).id());
    }

    @Test
    void ofPeersThatStartOneByOneTheFirstStaysLeaderThoughItIsTheLargest() {
        Organisation organisation = new Organisation(1, 4);

        for (int i = 3; i >= 0; i--) {
            organisation.peers.get(i).start();
            organisation.runFor(20);
        }

        assertThat(organisation.leaders()).containsExactly(3);
    }

    @Test
    void aLonePeerLeadsAfterTheViewHasSettledAndTheElection() {
        Organisation organisation = new Organisation(1, 1);
        organisation.startAll();

        organisation.runFor(5);
        assertThat(organisation.leaders()).isEmpty();
        organisation.runFor(2);
        assertThat(organisation.leaders()).containsExactly(0);
    }

    @Test
    void aPeerThatHearsADeclarationWhileItsViewSettlesFollowsWithoutProposing() {
        Organisation organisation = new Organisation(1, 2);
        Peer newcomer = organisation.peers.get(0);
        organisation.peers.get(1).start();
        organisation.runFor(SETTLED);

        newcomer.start();
        organisation.peers.get(1).gossip(organisation.peers.get(1).sent.get(1));
        organisation.runFor(SETTLED);

        assertThat(newcomer.sent).isEmpty();
        assertThat(organisation.leaders()).containsExactly(1);
    }

    @Test
    void electsAfterTheGracePeriodThoughTheViewStillGrows() {
        Organisation organisation = new Organisation(1, 40);
        organisation.peers.get(0).start();
        for (int i = 1; i < 40; i++) {
            organisation.peers.get(i).start();
            organisation.time.runFor(Duration.ofMillis(700));
        }

        assertThat(organisation.leaders()).containsExactly(0);
    }

    @Test
    void saysNothingOnceItHasStopped() {
        Organisation organisation = new Organisation(1, 3);
        organisation.startAll();
        organisation.runFor(SETTLED);
        organisation.peers.forEach(Peer::stop);
        organisation.peers.forEach(peer -> peer.sent.clear());

        organisation.runFor(SETTLED);

        assertThat(organisation.peers).allSatisfy(peer -> assertThat(peer.sent).isEmpty());
        assertThat(organisation.peers.get(0).changes).containsExactly(true);
        assertThat(organisation.leaders()).isEmpty();
        assertThat(organisation.time.step()).as("no timer is left").isFalse();
    }

    @Test
    void ofTwoGroupsThatMeetOnlyTheSmallerLeaderRemains() {
        Organisation organisation = new Organisation(1, 6);
        organisation.part((one, other) -> one.number % 2 == other.number % 2);
        organisation.startAll();
        organisation.runFor(SETTLED);
        assertThat(organisation.leaders()).containsExactly(0, 1);

        organisation.heal();
        organisation.runFor(6);

        assertThat(organisation.leaders()).containsExactly(0);
        assertThat(organisation.peers.get(1).changes).containsExactly(true, false);
    }

    @Test
    void aLeaderThatHearsALargerOneAnswersAtOnceButNotTwiceInATenthOfASecond() {
        Organisation organisation = new Organisation(1, 2);
        Peer leader = organisation.peers.get(0);
        organisation.startAll();
        organisation.runFor(SETTLED);
        int before = leader.sent.size();
        LeadershipMessage larger = declarationOf(organisation.peers.get(1).id());

        organisation.time.runFor(Duration.ofMillis(150));
        for (int i = 0; i < 100; i++) {
            leader.node.execute(() -> leader.election.receive(larger));
        }
        organisation.time.runFor(Duration.ofMillis(150));

        assertThat(leader.sent.size() - before).isBetween(1, 3);
        assertThat(leader.election.isLeader()).isTrue();
    }

    @Test
    void theSmallestOfTheRestTakesOverWithinThresholdAndElection() {
        Organisation organisation = new Organisation(1, 5);
        organisation.startAll();
        organisation.runFor(SETTLED);

        organisation.peers.get(0).stop();
        organisation.runFor(16);

        assertThat(organisation.leaders()).containsExactly(1);
    }

    @Test
    void whoYieldsIsToldOnceStandsBackAndAnotherLeads() {
        Organisation organisation = new Organisation(1, 3);
        organisation.startAll();
        organisation.runFor(SETTLED);
        Peer first = organisation.peers.get(0);

        first.election.yieldLeadership();
        first.election.yieldLeadership();
        organisation.runFor(16);

        assertThat(first.changes).containsExactly(true, false);
        assertThat(organisation.leaders()).containsExactly(1);
        organisation.runFor(600);
        assertThat(organisation.leaders()).containsExactly(1);
    }

    @Test
    void aLonePeerThatYieldedLeadsAgainAfterTheYieldPeriod() {
        Organisation organisation = new Organisation(1, 1);
        organisation.startAll();
        organisation.runFor(SETTLED);

        organisation.peers.get(0).election.yieldLeadership();
        organisation.runFor(59);
        assertThat(organisation.leaders()).isEmpty();
        organisation.runFor(7);

        assertThat(organisation.peers.get(0).changes).containsExactly(true, false, true);
    }

    @Test
    void whenAllHaveYieldedOneLeadsInTheEnd() {
        Organisation organisation = new Organisation(1, 2);
        organisation.startAll();
        organisation.runFor(SETTLED);
        organisation.peers.get(0).election.yieldLeadership();
        organisation.runFor(16);
        assertThat(organisation.leaders()).containsExactly(1);

        organisation.peers.get(1).election.yieldLeadership();
        organisation.runFor(30);

        assertThat(organisation.leaders()).containsExactly(0);
    }

    @Test
    void yieldingMeansNothingToAFollower() {
        Organisation organisation = new Organisation(1, 2);
        organisation.startAll();
        organisation.runFor(SETTLED);

        organisation.peers.get(1).election.yieldLeadership();
        organisation.peers.get(0).stop();
        organisation.runFor(16);

        assertThat(organisation.leaders()).containsExactly(1);
    }

    @Test
    void inAFullPartitionEachLeadsAndHealingLeavesTheSmallest() {
        Organisation organisation = new Organisation(1, 5);
        organisation.startAll();
        organisation.runFor(SETTLED);

        organisation.part((one, other) -> false);
        organisation.runFor(SETTLED);
        assertThat(organisation.leaders()).containsExactly(0, 1, 2, 3, 4);
        organisation.heal();
        organisation.runFor(6);

        assertThat(organisation.leaders()).containsExactly(0);
    }

    @Test
    void ignoresDeclarationsFromOutsideTheViewAndWithoutASender() {
        Organisation organisation = new Organisation(1, 1);
        Peer leader = organisation.peers.get(0);
        organisation.startAll();
        organisation.runFor(SETTLED);

        leader.election.receive(declarationOf(PkiId.fromHex("00")));
        leader.election.receive(
                LeadershipMessage.newBuilder().setIsDeclaration(true).build());

        assertThat(leader.election.isLeader()).isTrue();
    }

    @Test
    void isStartedOnlyOnce() {
        Organisation organisation = new Organisation(1, 1);
        organisation.startAll();

        assertThatThrownBy(organisation.peers.get(0).election::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SETTLING");
    }

    @Test
    void messagesCarryChannelTagSenderAndRisingSequence() {
        Organisation organisation = new Organisation(1, 1);
        Peer peer = organisation.peers.get(0);
        organisation.startAll();
        organisation.runFor(SETTLED);

        GossipMessage proposal = peer.sent.get(0);
        assertThat(proposal.getTag()).isEqualTo(GossipMessage.Tag.CHAN_AND_ORG);
        assertThat(proposal.getNonce()).isZero();
        assertThat(proposal.getChannel()).isEqualTo(Organisation.CHANNEL.bytes());
        assertThat(proposal.getLeadershipMsg().getPkiId()).isEqualTo(peer.id().bytes());
        assertThat(proposal.getLeadershipMsg().getIsDeclaration()).isFalse();
        assertThat(proposal.getLeadershipMsg().getTimestamp().getSeqNum()).isEqualTo(1);
        assertThat(peer.sent.get(1).getLeadershipMsg().getIsDeclaration()).isTrue();
        Set<Long> sequences = new HashSet<>();
        peer.sent.forEach(message -> assertThat(
                        sequences.add(message.getLeadershipMsg().getTimestamp().getSeqNum()))
                .isTrue());
        assertThat(peer.sent)
                .extracting(message -> message.getLeadershipMsg().getTimestamp().getIncNum())
                .containsOnly(1_795_262_400_000_000_000L);
    }

    private static LeadershipMessage declarationOf(PkiId sender) {
        return LeadershipMessage.newBuilder()
                .setPkiId(sender.bytes())
                .setIsDeclaration(true)
                .build();
    }
}
