package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.junit.jupiter.api.Test;

/** How a newcomer fetches a long chain from sources of every kind, in virtual time. */
class CatchUpTest {
    private static final SignedGossipMessage NOTHING = SignedGossipMessage.unsigned(GossipMessage.getDefaultInstance());

    private static int length(SignedGossipMessage request) {
        RemoteStateRequest range = request.message().getStateRequest();
        return (int) (range.getEndSeqNum() - range.getStartSeqNum() + 1);
    }

    private static Peer grapevine(Network network, String name, int height) {
        Peer peer = network.peer(name, height);
        peer.revision = 1;
        return peer;
    }

    @Test
    void asksGrapevinePeersForLongRangesAndGoPeersForEleven() {
        Network network = new Network(1, Chain.of(2000));
        Peer go = network.peer("go", 2000);
        Peer ours = grapevine(network, "ours", 2000);
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.allReach(2000, Duration.ofSeconds(2))).isTrue();

        assertThat(network.requests).anyMatch(request -> length(request) > 100);
        assertThat(network.asked.get(go.id)).isPositive();
        assertThat(network.asked.get(ours.id)).isPositive();
        assertThat(late.committed).hasSize(1999).isSorted().doesNotHaveDuplicates();
        assertThat(network.carried.values()).allMatch(times -> times == 1);
    }

    @Test
    void keepsAFewRequestsUnderWayToEachOfManyGoPeers() {
        Network network = new Network(2, Chain.of(3000));
        network.delay = Duration.ofMillis(20);
        for (int peer = 0; peer < 4; peer++) {
            network.peer("go" + peer, 3000);
        }
        network.peer("late", 1);
        network.start();

        // 4 peers, 4 requests each, 11 blocks a request, a round trip of 40 ms: 176 blocks at a time
        assertThat(network.allReach(3000, Duration.ofMillis(1200))).isTrue();
        assertThat(network.requests).allMatch(request -> length(request) <= 11);
        assertThat(network.asked.values()).allMatch(times -> times > 40);
    }

    @Test
    void aSourceThatDiesHoldsTheOthersUpForAMomentOnly() {
        Network network = new Network(3, Chain.of(4000));
        Peer dying = grapevine(network, "dying", 4000);
        grapevine(network, "other", 4000);
        Peer late = network.peer("late", 1);
        network.start();
        network.time.runUntil(() -> late.height() > 500, Duration.ofSeconds(5));
        long death = network.time.nanoTime();
        dying.node.stop();
        dying.honest = false;

        assertThat(network.allReach(4000, Duration.ofSeconds(5))).isTrue();
        assertThat(Duration.ofNanos(network.time.nanoTime() - death)).isLessThan(Duration.ofMillis(600));
    }

    @Test
    void aSlowSourceGetsLittleAndALiarLess() {
        Network network = new Network(4, Chain.of(4000));
        Peer quick = network.peer("quick", 4000);
        Peer slow = network.peer("slow", 4000);
        slow.slowness = Duration.ofMillis(150);
        Peer liar = network.peer("liar", 4000);
        liar.answers = answer -> NOTHING;
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.allReach(4000, Duration.ofSeconds(6))).isTrue();

        assertThat(network.asked.get(quick.id)).isGreaterThan(4 * network.asked.get(slow.id));
        assertThat(network.asked.get(liar.id)).isLessThan(20);
        assertThat(late.committed).hasSize(3999).doesNotHaveDuplicates();
    }

    @Test
    void whatIsOnItsWayFitsTheMemoryHoweverFarTheEnd() {
        Network network = new Network(5, Chain.ofBlocksOf(1 << 20, 200));
        network.delay = Duration.ofMillis(50);
        for (int peer = 0; peer < 8; peer++) {
            grapevine(network, "p" + peer, 200);
        }
        Peer late = network.peer("late", 1);
        network.start();
        long most = 0;
        while (late.height() < 200 && network.time.step()) {
            most = Math.max(most, network.carried.size() - late.height());
        }

        assertThat(late.height()).isEqualTo(200);
        assertThat(most).isLessThanOrEqualTo(100);
    }

    @Test
    void goesOnFromTheDurableHeightAfterARestart() {
        Network network = new Network(6, Chain.of(1000));
        grapevine(network, "a", 1000);
        network.peer("restarted", 700);
        network.start();

        assertThat(network.allReach(1000, Duration.ofSeconds(1))).isTrue();
        assertThat(network.carried.keySet()).hasSize(300).allMatch(number -> number >= 700);
    }

    /** Many newcomers know the same bootstrap peer first: it must not serve them all while the others have nothing to do. */
    @Test
    void whoIsKnownFirstIsNotAskedForEverything() {
        Network network = new Network(8, Chain.ofBlocksOf(100_000, 60));
        network.delay = Duration.ofMillis(20);
        grapevine(network, "bootstrap", 60);
        List<Peer> others = IntStream.range(0, 4)
                .mapToObj(number -> grapevine(network, "other" + number, 60))
                .toList();
        others.forEach(other -> other.claimedHeight = 1L);
        network.peer("late", 1);
        network.start();
        network.time.runFor(Duration.ofMillis(39));

        assertThat(network.requests.stream().mapToInt(CatchUpTest::length).sum())
                .as("blocks of 59 asked of the only one that is known, within a round trip")
                .isBetween(1, 15);
        others.forEach(other -> other.claimedHeight = null);
        others.forEach(Peer::announce);

        assertThat(network.allReach(60, Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void waitsForSourcesThatAreAllLateWithoutLookingAgainAndAgain() {
        Network network = new Network(7, Chain.of(1002));
        List<Peer> sources = IntStream.range(0, 8)
                .mapToObj(number -> network.peer("source" + number, 1000))
                .toList();
        Peer late = network.peer("late", 1);
        network.start();
        network.time.runUntil(() -> late.height() == 1000, Duration.ofSeconds(5));

        sources.forEach(source -> {
            source.slowness = Duration.ofMinutes(5);
            source.gossip(1000);
            source.gossip(1001);
        });
        network.time.runFor(Duration.ofMillis(10));
        sources.forEach(Peer::announce);
        long begun = network.time.nanoTime();
        int steps = 0;
        while (network.time.nanoTime() - begun < Duration.ofMinutes(1).toNanos() && network.time.step()) {
            assertThat(++steps).as("events within a minute").isLessThan(10_000);
        }

        assertThat(late.height()).isEqualTo(1000);
    }
}
