package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that die, come back, or are cut off from each other. */
class FailureTest {
    private static final Duration FABRICS_RECONNECTION = Duration.ofSeconds(25 + 5);

    @Test
    void aCrashedPeerIsDeclaredDeadByEveryoneInTimeAndRevivedOnReturn() {
        Scenario scenario = Scenario.running(11, 50);
        SimulatedPeer crashed = scenario.peer(30);

        scenario.network().crash(crashed);

        scenario.within(
                Scenario.DECLARED_DEAD,
                "everyone has noticed",
                () -> scenario.network().running().stream().noneMatch(peer -> peer.believesAlive(crashed)));
        assertThat(scenario.network().running())
                .as("and nobody else was declared dead")
                .allMatch(peer -> peer.membersAlive() == 48);

        scenario.network().restart(crashed);

        scenario.within(FABRICS_RECONNECTION, "everyone knows it again", scenario.network()::isComplete);
    }

    @Test
    void aPeerThatHangsIsDeclaredDeadThoughNoStreamBreaks() {
        Scenario scenario = Scenario.running(12, 10);
        SimulatedPeer silent = scenario.peer(5);

        scenario.network().partition(List.of(silent));

        scenario.within(
                Scenario.DECLARED_DEAD.plus(Scenario.LAST_SIGN_OF_LIFE),
                "everyone has noticed",
                () -> scenario.peers().stream()
                        .filter(peer -> peer != silent)
                        .noneMatch(peer -> peer.believesAlive(silent)));
        assertThat(scenario.peers()).filteredOn(peer -> peer != silent).allMatch(peer -> peer.membersAlive() == 8);
    }

    @Test
    void aPartitionOfHalfThePeersHealsWithoutLoss() {
        Scenario scenario = Scenario.running(13, 50);
        SimulatedNetwork network = scenario.network();
        List<SimulatedPeer> half = scenario.peers().subList(0, 25);
        scenario.order(5);

        network.partition(half);
        scenario.order(30, Duration.ofSeconds(2));

        scenario.within(
                Duration.ofSeconds(30),
                "a leader on each side",
                () -> network.leaders().size() == 2
                        && network.leaders().stream().filter(half::contains).count() == 1);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(30));
        scenario.within(
                Duration.ofSeconds(1),
                "both halves know who is left",
                () -> network.peers().stream().allMatch(peer -> peer.membersAlive() == 24));

        network.heal();
        scenario.order(10, Duration.ofSeconds(1));

        scenario.within(FABRICS_RECONNECTION.multipliedBy(2), "everyone sees everyone", network::isComplete);
        scenario.within(
                Duration.ofSeconds(20), "one leader", () -> network.leaders().size() == 1);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(20));
    }

    @Test
    void theHalfThatCannotReachTheOrderingServiceCatchesUpWhenThePartitionEnds() {
        Scenario scenario = Scenario.running(14, 10);
        List<SimulatedPeer> half = scenario.peers().subList(0, 5);

        scenario.network().partition(half);
        scenario.network().cutOffFromOrdering(half);
        scenario.order(300, Duration.ofMillis(300));
        assertThat(half).allMatch(peer -> peer.height() < scenario.network().ordered());

        scenario.network().heal();

        scenario.allBlocksArriveWithin(FABRICS_RECONNECTION.multipliedBy(2));
        scenario.network().cutOffFromOrdering(List.of());
        scenario.settles();
    }

    @Test
    void aPeerWhoseClockWasSetBackIsAcceptedAgain() {
        Scenario scenario = Scenario.running(15, 6);
        SimulatedPeer restarted = scenario.peer(3);
        scenario.order(20);
        scenario.network().run(Duration.ofSeconds(60));
        scenario.network().crash(restarted);
        scenario.order(20);
        scenario.network().run(Duration.ofSeconds(40));

        scenario.network().restart(restarted, Duration.ofHours(-3));

        scenario.within(FABRICS_RECONNECTION, "everyone knows it again", scenario.network()::isComplete);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(20));
        scenario.settles();
    }

    @Test
    void allPeersRestartTogetherAndGoOnFromTheirDisks() {
        Scenario scenario = Scenario.running(16, 8);
        scenario.order(50);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(10));
        scenario.peers().forEach(scenario.network()::crash);
        scenario.network().run(Duration.ofMinutes(5));

        scenario.peers().forEach(scenario.network()::restart);
        scenario.order(50);

        scenario.settles();
        scenario.allBlocksArriveWithin(Duration.ofSeconds(20));
    }
}
