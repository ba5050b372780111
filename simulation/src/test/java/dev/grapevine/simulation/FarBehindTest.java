package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that has missed more blocks than it may be behind to keep what is pushed, while more come at 500 a second. */
class FarBehindTest {
    private static final Duration BETWEEN_BLOCKS = Duration.ofMillis(2);
    private static final int PEERS = 5;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void itIsLevelSoonIsNotPushedToInVainAndThenIsPushedToAgain(long seed) {
        Scenario scenario = Scenario.running(seed, PEERS);
        SimulatedPeer leader = scenario.leader(ORG1);
        SimulatedPeer late = scenario.peers().stream()
                .filter(peer -> peer != leader)
                .findFirst()
                .orElseThrow();
        Runnable heal = scenario.network().separate(List.of(late), Fault.Direction.BOTH);
        scenario.order(700, BETWEEN_BLOCKS);
        heal.run();

        scenario.order(300, BETWEEN_BLOCKS);

        assertThat(lag(scenario, late)).as("blocks behind").isLessThan(50);
        assertThat(late.meters().count("gossip_state_blocks_refused", "too_far_ahead"))
                .as("verified in vain")
                .isZero();
        assertThat(late.meters().count("gossip_dropped", "block-too-far-ahead"))
                .as("sent in vain")
                .isLessThan(2 * PEERS);

        long pushed = pushed(late);
        scenario.order(200, BETWEEN_BLOCKS);

        assertThat(pushed(late) - pushed).as("pushed of 200").isBetween(190L, 210L);
        assertThat(scenario.peers())
                .allSatisfy(peer ->
                        assertThat(lag(scenario, peer)).as("blocks behind").isLessThan(20));
    }

    private static long lag(Scenario scenario, SimulatedPeer peer) {
        return scenario.network().ordered() - peer.height();
    }

    private static long pushed(SimulatedPeer peer) {
        return peer.meters().count("gossip_blocks_received", "push");
    }
}
