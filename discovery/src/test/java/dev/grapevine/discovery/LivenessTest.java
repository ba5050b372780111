package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures among peers that probe each other. */
class LivenessTest {
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private final TestNetwork network = new TestNetwork(41);

    private List<TestPeer> running(int count) {
        List<TestPeer> peers = network.capable(count);
        network.run(Duration.ofSeconds(30));
        assertThat(network.everybodySees(peers)).as("everybody sees everybody").isTrue();
        return peers;
    }

    private static List<TestPeer> without(List<TestPeer> peers, TestPeer gone) {
        return peers.stream().filter(peer -> peer != gone).toList();
    }

    private void isNoticed(List<TestPeer> peers, TestPeer gone, Duration limit) {
        List<TestPeer> others = without(peers, gone);
        assertThat(network.time.runUntil(() -> network.everybodySees(others), limit))
                .as("everybody has noticed within " + limit)
                .isTrue();
        assertThat(others)
                .as("nobody else is missed")
                .allMatch(peer -> peer.discovery.dead().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void aPeerInABlackHoleIsNoticedWithinSeconds(int count) {
        List<TestPeer> peers = running(count);
        TestPeer silent = peers.get(count / 2);

        network.cut((from, to) -> from == silent || to == silent);

        isNoticed(peers, silent, NOTICED);
    }

    @Test
    void amongFiftyABlackHoleTakesTheLogarithmLonger() {
        List<TestPeer> peers = running(50);
        TestPeer silent = peers.get(20);

        network.cut((from, to) -> from == silent || to == silent);

        isNoticed(peers, silent, NOTICED.plusSeconds(2));
    }

    @Test
    void aCrashedPeerIsNoticedAsSoon() {
        List<TestPeer> peers = running(16);
        TestPeer crashed = peers.get(9);

        crashed.crash();

        isNoticed(peers, crashed, NOTICED);
    }

    @Test
    void aPeerThatLeavesIsGoneAtOnce() {
        List<TestPeer> peers = running(16);
        TestPeer leaving = peers.get(3);

        leaving.loop.execute(() -> {
            leaving.discovery.stop();
            leaving.crashed = true;
        });

        isNoticed(peers, leaving, Duration.ofSeconds(1));
    }

    @Test
    void aPeerThatHasLeftIsWelcomeAgain() {
        List<TestPeer> peers = running(5);
        TestPeer leaving = peers.get(3);
        leaving.loop.execute(leaving.discovery::stop);
        network.run(Duration.ofSeconds(2));
        leaving.crash();

        TestPeer back = leaving.restarted().start();

        List<TestPeer> now = List.of(peers.get(0), peers.get(1), peers.get(2), back, peers.get(4));
        assertThat(network.time.runUntil(() -> network.everybodySees(now), Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void indirectProbesSaveAPeerWhoseMessagesToSomeAreLost() {
        List<TestPeer> peers = running(16);
        TestPeer half = peers.get(5);

        network.cut((from, to) -> from == half && peers.indexOf(to) % 2 == 0);
        network.run(Duration.ofMinutes(10));

        assertThat(network.everybodySees(peers)).isTrue();
        assertThat(peers).allMatch(peer -> peer.events.stream().noneMatch(event -> event.startsWith("left")));
    }

    @Test
    void aLossyNetworkKillsNobody() {
        List<TestPeer> peers = running(16);

        network.loseMessages(0.1);
        network.run(Duration.ofMinutes(10));

        assertThat(peers).allMatch(peer -> peer.events.stream().noneMatch(event -> event.startsWith("left")));
    }

    @Test
    void aFifthOfSlowPeersForAnHourCausesNoFalseAlarm() {
        List<TestPeer> peers = running(20);

        network.slowDown(
                to -> Duration.ofMillis(peers.indexOf(to) % 5 == 0 ? network.time.nanoTime() / 1_000_000 % 1_500 : 0));
        network.run(Duration.ofHours(1));

        assertThat(peers).allMatch(peer -> peer.events.stream().noneMatch(event -> event.startsWith("left")));
    }

    @Test
    void aPartitionHeals() {
        List<TestPeer> peers = running(10);

        network.cut((from, to) -> peers.indexOf(from) < 5 != peers.indexOf(to) < 5);
        network.run(Duration.ofMinutes(2));
        assertThat(peers).allMatch(peer -> peer.discovery.alive().size() == 4);
        network.cut((from, to) -> false);

        assertThat(network.time.runUntil(() -> network.everybodySees(peers), Duration.ofSeconds(35)))
                .isTrue();
    }

    /** Nobody else probes the dead peer any more, and the rumour has been told: a digest has to show the difference. */
    @Test
    void whoMissedADeathLearnsOfItThoughItProbesSomebodyElse() {
        List<TestPeer> peers = running(20);
        TestPeer dead = peers.get(3);
        TestPeer deaf = peers.stream()
                .filter(peer -> peer != dead && !peer.discovery.neighbours().contains(dead.pkiId()))
                .findFirst()
                .orElseThrow();

        network.cut((from, to) -> from == dead || to == dead || to == deaf);
        network.run(Duration.ofSeconds(9));
        assertThat(without(without(peers, dead), deaf)).noneMatch(peer -> peer.sees(dead));
        assertThat(deaf.sees(dead)).isTrue();
        network.cut((from, to) -> from == dead || to == dead);

        List<TestPeer> others = without(peers, dead);
        assertThat(network.time.runUntil(() -> network.everybodySees(others), Duration.ofSeconds(40)))
                .isTrue();
        assertThat(others).noneMatch(peer -> peer.sees(dead));
    }

    @Test
    void plainPeersAmongThemAreJudgedByTheirHeartbeatsAndHearOurs() {
        List<TestPeer> peers = new ArrayList<>(network.capable(6));
        for (int i = 0; i < 3; i++) {
            peers.add(network.peer(TestNetwork.ORG1, "plain" + i, "p0:7051").start());
        }
        network.run(Duration.ofMinutes(5));
        assertThat(network.everybodySees(peers)).isTrue();
        assertThat(peers).allMatch(peer -> peer.events.stream().noneMatch(event -> event.startsWith("left")));
        TestPeer plain = peers.get(7);

        network.cut((from, to) -> from == plain || to == plain);
        network.run(Duration.ofSeconds(20));
        assertThat(peers.get(0).sees(plain)).as("Fabric's patience").isTrue();

        isNoticed(peers, plain, Duration.ofSeconds(20));
    }

    @Test
    void idleTrafficDoesNotGrowWithTheMembership() {
        assertThat(messagesPerPeerAndSecond(40)).isLessThan(1.5 * messagesPerPeerAndSecond(10));
    }

    /** A probe and its answer say of both that they live: six pairs, each looked at every 1.5 s, send two messages each time. */
    @Test
    void amongAFewOneProbeServesBothPeers() {
        assertThat(messagesPerPeerAndSecond(4)).isLessThan(2 * 1.2);
    }

    private static double messagesPerPeerAndSecond(int count) {
        TestNetwork network = new TestNetwork(43);
        List<TestPeer> peers = network.capable(count);
        network.run(Duration.ofMinutes(1));
        peers.forEach(peer -> peer.comm.sent.clear());
        network.run(Duration.ofMinutes(1));
        return peers.stream().mapToInt(peer -> peer.comm.sent.size()).sum() / 60.0 / count;
    }

    @Test
    void changedMetadataReachesEverybodyThoughNobodyBeats() {
        List<TestPeer> peers = running(12);

        peers.get(7).loop.execute(() -> peers.get(7).discovery.updateMetadata(ByteString.copyFromUtf8("new")));
        network.run(Duration.ofSeconds(7));

        assertThat(without(peers, peers.get(7)))
                .allMatch(peer -> peer.discovery
                        .lookup(peers.get(7).pkiId())
                        .orElseThrow()
                        .metadata()
                        .toStringUtf8()
                        .equals("new"));
    }

    @Test
    void phiAccrualNoticesTooAndKillsNobodyElse() {
        List<TestPeer> peers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            DiscoveryConfig config = TestNetwork.capable("p" + i).withDetection(FailureDetection.phiAccrual(8));
            peers.add(network.peer(TestNetwork.ORG1, "p" + i, config).start());
        }
        network.run(Duration.ofMinutes(10));
        assertThat(network.everybodySees(peers)).isTrue();
        TestPeer silent = peers.get(6);

        network.cut((from, to) -> from == silent || to == silent);

        isNoticed(peers, silent, Duration.ofSeconds(30));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(run(7)).isEqualTo(run(7)).isNotEqualTo(run(8));
    }

    private static ByteString run(long seed) {
        TestNetwork network = new TestNetwork(seed);
        List<TestPeer> peers = network.capable(12);
        network.run(Duration.ofSeconds(20));
        peers.get(4).crash();
        network.run(Duration.ofSeconds(20));
        return network.trace();
    }
}
