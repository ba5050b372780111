package dev.grapevine.simulation;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plain peers that fall silent while no stream breaks. There is nothing but silence to tell by, so it must not be prolonged by
 * last words that go round among the others.
 */
class PlainSilenceTest {
    /** The expiration time-out, a check of it, and a round of requests for those whom the last heartbeat has missed. */
    private static final Duration OF_ONE = Duration.ofMillis(25_000 + 2_500 + 4_000);

    /** Half of the requests go to the other half; an eighth of the rounds is in vain. */
    private static final Duration OF_HALF = OF_ONE.plusSeconds(2 * 4);

    private static final Duration BETWEEN_TWO_HEARTBEATS = Duration.ofMillis(1700);

    private static Scenario running(long seed) {
        Scenario scenario = Scenario.running(seed, 50, settings -> settings.withExtensions(false));
        scenario.network().run(BETWEEN_TWO_HEARTBEATS.multipliedBy(seed));
        return scenario;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onePeerIsDeclaredDeadByAllWithinFabricsBound(long seed) {
        Scenario scenario = running(seed);
        SimulatedPeer silent = scenario.peer(7);

        scenario.network().partition(List.of(silent));

        scenario.within(
                OF_ONE,
                "nobody believes in it",
                () -> scenario.peers().stream().noneMatch(peer -> peer != silent && peer.believesAlive(silent)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void halfOfThePeersAreDeclaredDeadByTheOthers(long seed) {
        Scenario scenario = running(seed);

        scenario.network().partition(scenario.peers().subList(0, 25));

        scenario.within(
                OF_HALF,
                "nobody believes in the other half",
                () -> scenario.peers().stream().allMatch(peer -> peer.membersAlive() == 24));
    }
}
