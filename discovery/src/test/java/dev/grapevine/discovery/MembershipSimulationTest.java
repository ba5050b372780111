package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole networks of discoveries in virtual time. */
class MembershipSimulationTest {
    @Test
    void fiftyPeersSeeEachOtherWhileATenthOfAllMessagesIsLost() {
        TestNetwork network = new TestNetwork(1);
        network.loseMessages(0.1);

        List<TestPeer> peers = network.started(50);

        assertThat(network.time.runUntil(() -> network.everybodySees(peers), Duration.ofSeconds(60)))
                .isTrue();
        network.run(Duration.ofMinutes(3));
        assertThat(network.everybodySees(peers)).isTrue();
        assertThat(peers.get(7).events).noneMatch(event -> event.startsWith("left"));
    }

    @Test
    void everybodyLearnsTheInternalEndpointsOfItsOrganisation() {
        TestNetwork network = new TestNetwork(2);
        List<TestPeer> peers = network.capable(15);

        network.run(Duration.ofSeconds(30));

        assertThat(network.everybodySees(peers)).isTrue();
        assertThat(peers.get(3).discovery.alive())
                .extracting(NetworkMember::internalEndpoint)
                .contains("p0:7051", "p14:7051");
        assertThat(peers.get(3).discovery.lookup(peers.get(9).pkiId())).hasValueSatisfying(member -> {
            assertThat(member.preferredEndpoint()).isEqualTo("p9:7051");
            assertThat(member.revision()).isEqualTo(1);
        });
    }

    @Test
    void aPartitionOfHalfThePeersHeals() {
        TestNetwork network = new TestNetwork(3);
        List<TestPeer> peers = network.started(20);
        network.run(Duration.ofSeconds(30));
        List<TestPeer> left = peers.subList(0, 10);
        List<TestPeer> right = peers.subList(10, 20);

        network.cut((from, to) -> left.contains(from) && right.contains(to));
        network.run(Duration.ofMinutes(2));

        assertThat(network.everybodySees(left)).isTrue();
        assertThat(network.everybodySees(right)).isTrue();

        network.cut((from, to) -> false);
        assertThat(network.time.runUntil(() -> network.everybodySees(peers), Duration.ofSeconds(60)))
                .isTrue();
    }

    @Test
    void aCrashedPeerIsDeclaredDeadInTimeAndComesBackWithTheSameIdentity() {
        TestNetwork network = new TestNetwork(4);
        List<TestPeer> peers = network.started(8);
        network.run(Duration.ofSeconds(40));
        TestPeer victim = peers.get(5);
        List<TestPeer> others = new ArrayList<>(peers);
        others.remove(victim);

        victim.crash();
        network.run(Duration.ofMillis(27_600));

        assertThat(network.everybodySees(others)).isTrue();
        assertThat(others).allMatch(peer -> peer.knows(victim) && peer.comm.closed.contains(victim.pkiId()));

        TestPeer back = victim.restarted().start();
        others.add(back);
        assertThat(network.time.runUntil(() -> network.everybodySees(others), Duration.ofSeconds(15)))
                .isTrue();
    }

    @Test
    void aPeerWhoseClockWasSetBackIsHeardAtOnce() {
        TestNetwork network = new TestNetwork(5);
        List<TestPeer> peers = network.started(3);
        network.run(Duration.ofSeconds(30));
        peers.get(2).crash();

        TestPeer back = peers.get(2).restarted();
        back.loop.setClockOffset(Duration.ofDays(-3));
        back.start();
        network.run(Duration.ofSeconds(60));

        assertThat(network.everybodySees(List.of(peers.get(0), peers.get(1), back)))
                .isTrue();
    }

    @Test
    void aPeerThatLostItsIncarnationToASetBackClockGoesBeyondWhatOthersRemember() {
        TestNetwork network = new TestNetwork(6);
        List<TestPeer> peers = network.started(3);
        network.run(Duration.ofSeconds(30));
        peers.get(2).crash();
        network.run(Duration.ofSeconds(60));

        TestPeer back = peers.get(2).restarted();
        back.incarnations = IncarnationStore.inMemory();
        back.loop.setClockOffset(Duration.ofDays(-3));
        back.start();
        network.run(Duration.ofSeconds(30));

        assertThat(network.everybodySees(List.of(peers.get(0), peers.get(1), back)))
                .isTrue();
    }

    @Test
    void aPeerFindsItsNetworkAgainFromItsSavedTableWhenNoBootstrapPeerIsUp() {
        TestNetwork network = new TestNetwork(7);
        List<TestPeer> peers = network.started(4);
        network.run(Duration.ofSeconds(70));
        peers.get(0).crash();
        peers.get(3).crash();
        network.run(Duration.ofSeconds(60));

        TestPeer back = peers.get(3).restarted().start();
        network.run(Duration.ofSeconds(10));

        assertThat(network.everybodySees(List.of(peers.get(1), peers.get(2), back)))
                .isTrue();
    }

    @Test
    void changedMetadataAndEndpointReachEverybody() {
        TestNetwork network = new TestNetwork(8);
        List<TestPeer> peers = network.started(6);
        network.run(Duration.ofSeconds(20));

        peers.get(2).discovery.updateMetadata(ByteString.copyFromUtf8("news"));
        peers.get(2).discovery.updateEndpoint("gate:443");
        network.run(Duration.ofSeconds(15));

        assertThat(peers)
                .allSatisfy(peer -> assertThat(
                                peer.discovery.lookup(peers.get(2).pkiId()))
                        .hasValueSatisfying(member -> {
                            assertThat(member.metadata().toStringUtf8()).isEqualTo("news");
                            assertThat(member.endpoint()).isEqualTo("gate:443");
                        }));
        assertThat(peers.get(4).events).contains("updated p2");
    }

    @Test
    void membershipSpreadsByRequestsAloneWhenNobodyPushes() {
        TestNetwork network = new TestNetwork(9);
        List<TestPeer> peers = network.started(10);
        peers.forEach(peer -> peer.pushes = false);

        network.run(Duration.ofMinutes(2));

        assertThat(network.everybodySees(peers)).isTrue();
    }

    @Test
    void separateGroupsMergeThroughOnePeerAndStayMergedWhenItDies() {
        TestNetwork network = new TestNetwork(10);
        List<TestPeer> peers = new ArrayList<>();
        for (String group : List.of("a", "b", "c")) {
            for (int i = 0; i < 4; i++) {
                peers.add(network.peer(TestNetwork.ORG1, group + i, group + "0:7051")
                        .start());
            }
        }
        network.run(Duration.ofSeconds(30));
        assertThat(peers.get(0).discovery.alive()).hasSize(3);

        TestPeer bridge = network.peer(TestNetwork.ORG1, "bridge", "a0:7051", "b0:7051", "c0:7051")
                .start();
        network.run(Duration.ofSeconds(60));
        bridge.crash();
        network.run(Duration.ofSeconds(60));

        assertThat(network.everybodySees(peers)).isTrue();
    }

    @Test
    void aPeerThatIsAloneSignsNothing() {
        TestNetwork network = new TestNetwork(11);
        TestPeer alone = network.peer(TestNetwork.ORG1, "alone", "absent:7051").start();

        network.run(Duration.ofMinutes(10));

        assertThat(alone.signatures).isZero();
        assertThat(alone.comm.sent).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() {
        assertThat(trace(42)).isEqualTo(trace(42)).isNotEqualTo(trace(43));
    }

    private static ByteString trace(long seed) {
        TestNetwork network = new TestNetwork(seed);
        network.loseMessages(0.05);
        List<TestPeer> peers = network.started(12);
        network.run(Duration.ofSeconds(40));
        peers.get(3).crash();
        network.run(Duration.ofSeconds(60));
        return network.trace();
    }
}
