package dev.grapevine.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.election.Organisation.Peer;
import org.junit.jupiter.api.Test;

class GivenRoleTest {
    @Test
    void staticLeadersAllLeadAtOnceInSilenceAndNeverYield() {
        Organisation organisation =
                new Organisation(1, 3, ElectionConfig.defaults().leading());

        organisation.startAll();
        organisation.peers.forEach(peer -> peer.election.yieldLeadership());
        organisation.runFor(60);

        assertThat(organisation.leaders()).containsExactly(0, 1, 2);
        assertThat(organisation.peers).allSatisfy(peer -> {
            assertThat(peer.sent).isEmpty();
            assertThat(peer.changes).containsExactly(true);
        });
    }

    @Test
    void aStaticLeaderKnowsItselfAsTheLeaderWhileItRunsAndAFollowerKnowsNobody() {
        Organisation leading = new Organisation(1, 1, ElectionConfig.defaults().leading());
        Organisation following = new Organisation(1, 1, ElectionConfig.defaults());
        leading.startAll();
        following.startAll();
        Peer leader = leading.peers.get(0);

        assertThat(leader.election.leader()).contains(leader.id());
        assertThat(following.peers.get(0).election.leader()).isEmpty();
        leader.stop();
        assertThat(leader.election.leader()).isEmpty();
    }

    @Test
    void staticFollowersNeverLead() {
        Organisation organisation = new Organisation(1, 3, ElectionConfig.defaults());

        organisation.startAll();
        organisation.runFor(600);

        assertThat(organisation.leaders()).isEmpty();
        assertThat(organisation.peers)
                .allSatisfy(peer -> assertThat(peer.changes).isEmpty());
    }

    @Test
    void aStoppedStaticLeaderLeadsNoMore() {
        Organisation organisation =
                new Organisation(1, 1, ElectionConfig.defaults().leading());
        organisation.startAll();

        organisation.peers.forEach(Peer::stop);

        assertThat(organisation.leaders()).isEmpty();
        assertThat(organisation.peers.get(0).changes).containsExactly(true);
    }
}
