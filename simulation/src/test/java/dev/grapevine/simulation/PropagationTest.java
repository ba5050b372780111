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
    }
}
