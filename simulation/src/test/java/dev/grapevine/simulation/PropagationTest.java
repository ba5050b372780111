package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.NetworkConditions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PropagationTest {
    private static final long MILLI = 1_000_000;

    private final Propagation propagation = new Propagation(new NetworkConditions(
            Duration.ofMillis(20), Duration.ofMillis(10), 5, Duration.ofMillis(80), 0, 0, 0, 0, 0));

    @Test
    void regionsLieOnARing() {
        assertThat(propagation.mean(0, 5)).isEqualTo(20 * MILLI);
        assertThat(propagation.mean(0, 1)).isEqualTo(80 * MILLI);
        assertThat(propagation.mean(0, 4)).isEqualTo(80 * MILLI);
        assertThat(propagation.mean(1, 3)).isEqualTo(160 * MILLI);
    }

    @Test
    void chanceDecidesTheJitter() {
        assertThat(propagation.nanos(0, 5, 0.0)).isEqualTo(10 * MILLI);
        assertThat(propagation.nanos(0, 5, 0.5)).isEqualTo(20 * MILLI);
        assertThat(propagation.nanos(0, 5, 1.0)).isEqualTo(30 * MILLI);
        assertThat(propagation.most()).isEqualTo(170 * MILLI);
        assertThat(propagation.least()).isEqualTo(10 * MILLI);
    }

    @Test
    void nothingIsSoonerThanTheLookAheadByTheFastestClock() {
        Duration lookAhead = SimulatedLinks.lookAhead(new NetworkConditions(
                Duration.ofMillis(50), Duration.ofMillis(10), 3, Duration.ofMillis(30), 0, 0, 0, 0, 0));

        assertThat(lookAhead).isBetween(Duration.ofMillis(19), Duration.ofNanos((long) (20 * MILLI / 1.01)));
        assertThat(SimulatedLinks.lookAhead(NetworkConditions.lan(Duration.ofMillis(5), Duration.ofMillis(5))))
                .isZero();
    }

    @Test
    void fewPeersOrShortLinksAreRunInOneLane() {
        NetworkConditions conditions = NetworkConditions.lan(Duration.ofMillis(20), Duration.ofMillis(10));

        assertThat(ModelledNetwork.fittingLanes(conditions, 500)).isEqualTo(1);
        assertThat(ModelledNetwork.fittingLanes(conditions, 10_000))
                .isEqualTo(Math.min(4, Runtime.getRuntime().availableProcessors()));
        assertThat(ModelledNetwork.fittingLanes(NetworkConditions.lan(Duration.ZERO, Duration.ZERO), 10_000))
                .isEqualTo(1);
    }
}
