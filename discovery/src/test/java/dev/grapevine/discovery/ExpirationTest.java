package dev.grapevine.discovery;

import static dev.grapevine.discovery.AliveMessages.alive;
import static dev.grapevine.discovery.AliveMessages.request;
import static dev.grapevine.discovery.AliveMessages.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;
import org.junit.jupiter.api.Test;

/** How peers die, are remembered and forgotten. */
class ExpirationTest {
    private static final Duration MEMORY = Duration.ofSeconds(500);

    private final TestNetwork network = new TestNetwork(1);

    @Test
    void stoppedPeersAreForgottenAfterTheMemoryTimeEvenIfLearnedFromResponsesOnly() {
        TestPeer first = network.peer(TestNetwork.ORG1, "first").start();
        TestPeer pushed = network.peer(TestNetwork.ORG1, "pushed");
        TestPeer listed = network.peer(TestNetwork.ORG1, "listed");
        TestPeer dead = network.peer(TestNetwork.ORG1, "dead");
        network.run(Duration.ofMillis(1));
        pushed.crashed = true;
        listed.crashed = true;
        dead.crashed = true;
        first.receive(alive(pushed, 100, 1), pushed);
        first.receive(
                response(MembershipResponse.newBuilder()
                        .addAlive(alive(listed, 100, 1).envelope())
                        .addDead(alive(dead, 100, 1).envelope())),
                pushed);

        network.run(Duration.ofSeconds(100));
        assertThat(first.discovery.dead()).hasSize(3);

        network.run(MEMORY.minusSeconds(90));
        assertThat(first.discovery.dead()).isEmpty();
        assertThat(List.of(pushed, listed, dead)).noneMatch(first::knows);
    }

    @Test
    void replayedMessagesDoNotBringTheForgottenBackButNewOnesDo() {
        TestPeer first = network.peer(TestNetwork.ORG1, "first").start();
        TestPeer gone = network.peer(TestNetwork.ORG1, "gone");
        network.run(Duration.ofMillis(1));
        SignedGossipMessage old = alive(gone, 100, 1);
        first.receive(old, gone);
        gone.crashed = true;
        network.run(MEMORY.plusSeconds(10));
        assertThat(first.knows(gone)).isFalse();

        first.receive(old, gone);
        first.receive(request(0, old), gone);
        first.receive(response(old), gone);
        first.receive(response(MembershipResponse.newBuilder().addDead(old.envelope())), gone);
        network.run(Duration.ofSeconds(1));
        assertThat(first.knows(gone)).isFalse();

        first.receive(alive(gone, 100, 2), gone);
        network.run(Duration.ofSeconds(1));
        assertThat(first.sees(gone)).isTrue();
    }

    @Test
    void afterTwiceTheMemoryTimeNothingIsRemembered() {
        TestPeer first = network.peer(TestNetwork.ORG1, "first").start();
        TestPeer gone = network.peer(TestNetwork.ORG1, "gone");
        network.run(Duration.ofMillis(1));
        first.receive(alive(gone, 100, 1), gone);
        gone.crashed = true;

        network.run(MEMORY.multipliedBy(2).plusSeconds(10));
        first.receive(alive(gone, 99, 1), gone);
        network.run(Duration.ofSeconds(1));

        assertThat(first.sees(gone)).isTrue();
    }

    @Test
    void aBootstrapPeerIsNeverForgottenAndFoundAgainAfterALongTime() {
        TestPeer bootstrap = network.peer(TestNetwork.ORG1, "boot").start();
        TestPeer first = network.peer(TestNetwork.ORG1, "first", "boot:7051").start();
        network.run(Duration.ofSeconds(20));
        assertThat(first.sees(bootstrap)).isTrue();

        network.cut((from, to) -> true);
        network.run(MEMORY.multipliedBy(3));
        assertThat(first.discovery.dead()).extracting(NetworkMember::pkiId).containsExactly(bootstrap.pkiId());
        assertThat(bootstrap.knows(first)).isFalse();

        network.cut((from, to) -> false);
        network.run(Duration.ofSeconds(40));
        assertThat(first.sees(bootstrap)).isTrue();
        assertThat(bootstrap.sees(first)).isTrue();
    }

    @Test
    void anAnchorPeerIsKeptUntilItsChannelIsLeft() {
        TestPeer anchor = network.peer(TestNetwork.ORG1, "anchor").start();
        TestPeer first = network.peer(TestNetwork.ORG1, "first").start();
        network.run(Duration.ofMillis(1));
        first.discovery.connectToAnchors(
                TestNetwork.CHANNEL, List.of(new AnchorPeer(TestNetwork.ORG1, "anchor", 7051)));
        network.run(Duration.ofSeconds(10));
        assertThat(first.sees(anchor)).isTrue();

        anchor.crash();
        network.run(MEMORY.multipliedBy(3));
        assertThat(first.knows(anchor)).isTrue();

        first.discovery.removeAnchors(TestNetwork.CHANNEL);
        network.run(Duration.ofSeconds(10));
        assertThat(first.knows(anchor)).isFalse();
    }

    @Test
    void anotherIdentityAtTheSameEndpointPurgesTheOldOneAndItIsNotCalledAnyMore() {
        List<TestPeer> peers = network.started(3);
        network.run(Duration.ofSeconds(30));
        TestPeer old = peers.get(2);
        old.crash();
        TestPeer renewed = new TestPeer(network, TestNetwork.ORG1, "renewed", old.config, null);
        network.enter(renewed);
        renewed.start();
        network.run(Duration.ofSeconds(90));

        assertThat(peers.subList(0, 2)).noneMatch(peer -> peer.knows(old)).allMatch(peer -> peer.sees(renewed));
    }

    @Test
    void aSuspectIsDeadAtOnceAndRevivedByItsNextWord() {
        List<TestPeer> peers = network.started(3);
        network.run(Duration.ofSeconds(30));
        TestPeer observer = peers.get(1);
        TestPeer suspect = peers.get(2);

        observer.discovery.suspect(suspect.pkiId());

        assertThat(observer.sees(suspect)).isFalse();
        assertThat(observer.comm.closed).contains(suspect.pkiId());
        assertThat(observer.events).endsWith("left p2");
        network.run(Duration.ofSeconds(10));
        assertThat(observer.sees(suspect)).isTrue();
        assertThat(observer.events).endsWith("joined p2");
    }

    @Test
    void aPurgedPeerLeavesEveryViewAndItsNextWordBringsItBack() {
        List<TestPeer> peers = network.started(2);
        network.run(Duration.ofSeconds(30));

        peers.get(0).discovery.purge(peers.get(1).pkiId());

        assertThat(peers.get(0).knows(peers.get(1))).isFalse();
        network.run(Duration.ofSeconds(10));
        assertThat(peers.get(0).sees(peers.get(1))).isTrue();
    }

    @Test
    void aStoppedPeerIsSilent() {
        List<TestPeer> peers = network.started(2);
        network.run(Duration.ofSeconds(30));
        peers.get(1).discovery.stop();
        int sent = peers.get(1).comm.sent.size();

        network.run(Duration.ofSeconds(60));

        assertThat(peers.get(1).comm.sent).hasSize(sent);
        assertThat(peers.get(0).sees(peers.get(1))).isFalse();
    }

    @Test
    void aPeerThatAListenerPurgesAsItJoinsIsGone() {
        TestPeer first = network.peer(TestNetwork.ORG1, "first").start();
        TestPeer unwanted = network.peer(TestNetwork.ORG1, "unwanted");
        first.discovery.addListener(new MembershipListener() {
            @Override
            public void joined(NetworkMember member) {
                first.discovery.purge(member.pkiId());
            }
        });
        network.run(Duration.ofMillis(1));

        first.receive(alive(unwanted, 100, 1), unwanted);
        network.run(Duration.ofMinutes(1));

        assertThat(first.knows(unwanted)).isFalse();
        assertThat(first.comm.closed).isEmpty();
        assertThat(first.events).containsExactly("joined ", "left ");
    }
}
