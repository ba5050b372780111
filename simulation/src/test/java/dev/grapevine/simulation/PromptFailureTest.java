package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static dev.grapevine.simulation.Scenario.ORG2;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How soon peers that speak the extensions notice what happens to each other, whole nodes and real links. */
class PromptFailureTest {
    private static final Duration NOTICED = Duration.ofSeconds(5);
    private static final Duration ANOTHER_LEADS = Duration.ofSeconds(4);

    private static void isNoticed(Scenario scenario, SimulatedPeer gone, Duration limit) {
        List<SimulatedPeer> others = scenario.network().running().stream()
                .filter(peer -> peer != gone)
                .toList();
        scenario.within(
                limit, "everyone has noticed", () -> others.stream().noneMatch(peer -> peer.believesAlive(gone)));
        assertThat(others).as("nobody else is missed").allMatch(peer -> peer.membersAlive() == others.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63, 64, 65})
    void aSilentPeerIsNoticedByAllOfSixteen(long seed) {
        Scenario scenario = Scenario.running(seed, 16);
        SimulatedPeer silent = scenario.peer(9);

        scenario.network().partition(List.of(silent));

        isNoticed(scenario, silent, NOTICED);
    }

    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73, 74, 75})
    void anotherLeadsSoonAfterTheLeaderHasCrashed(long seed) {
        Scenario scenario = Scenario.running(seed, 16);
        SimulatedPeer leader = scenario.leader(ORG1);

        scenario.network().crash(leader);

        scenario.within(ANOTHER_LEADS, "a new leader", scenario::oneLeaderEach);
        scenario.network().run(Duration.ofSeconds(20));
        assertThat(scenario.network().leaders()).hasSize(1);
    }

    @Test
    void anotherLeadsAtOnceWhenTheLeaderLeaves() {
        Scenario scenario = Scenario.running(81, 16);
        SimulatedPeer leader = scenario.leader(ORG1);

        scenario.network().leave(leader);

        scenario.within(Duration.ofMillis(1_500), "a new leader", scenario::oneLeaderEach);
        isNoticed(scenario, leader, Duration.ofSeconds(1));
    }

    @Test
    void aSilentLeaderIsReplacedOnceItIsNoticed() {
        Scenario scenario = Scenario.running(82, 16);
        SimulatedPeer leader = scenario.leader(ORG1);

        scenario.network().partition(List.of(leader));

        scenario.within(
                NOTICED.plusSeconds(1),
                "another leader",
                () -> scenario.network().leaders().stream().anyMatch(peer -> peer != leader));
    }

    @Test
    void fiftyPeersThatStartTogetherKnowEachOtherWithinSeconds() {
        Scenario scenario = Scenario.starting(83, 50, ORG1);

        scenario.within(
                Duration.ofSeconds(5),
                "everybody knows everybody",
                () -> scenario.peers().stream().allMatch(peer -> peer.membersAlive() == 49));
    }

    @Test
    void besidePlainPeersFailuresAreNoticedAsInFabricAndNobodyIsMissedByMistake() {
        SimulatedNetwork network = new ModelledNetwork(84, ORG1, ORG2).network();
        network.addPeers(ORG1, 8);
        network.addPeers(ORG2, 4, settings -> settings.withExtensions(false));
        assertThat(network.runUntil(network::isComplete, Duration.ofSeconds(60)))
                .isTrue();
        for (int minute = 0; minute < 3; minute++) {
            network.run(Duration.ofMinutes(1));
            assertThat(network.isComplete()).isTrue();
        }
        SimulatedPeer silent = network.peers().get(5);

        network.partition(List.of(silent));

        Duration bound = Scenario.DECLARED_DEAD.plus(Scenario.LAST_SIGN_OF_LIFE);
        assertThat(network.runUntil(
                        () -> network.peers().stream().noneMatch(peer -> peer != silent && peer.believesAlive(silent)),
                        bound))
                .isTrue();
    }
}
