package dev.grapevine.channel.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DelayEstimateTest {
    private final DelayEstimate estimate =
            new DelayEstimate(4, Duration.ofMillis(300), Duration.ofMillis(50), Duration.ofSeconds(1));

    @Test
    void beginsWithWhatItIsToldAndComesDownToWhatItSees() {
        assertThat(estimate.late()).isEqualTo(Duration.ofMillis(300));

        for (int i = 0; i < 50; i++) {
            estimate.observe(Duration.ofMillis(90).toNanos());
        }

        assertThat(estimate.late()).isBetween(Duration.ofMillis(90), Duration.ofMillis(120));
    }

    @Test
    void staysWithinItsBoundsWhateverIsObserved() {
        for (int i = 0; i < 50; i++) {
            estimate.observe(1);
        }
        assertThat(estimate.late()).isEqualTo(Duration.ofMillis(50));

        for (int i = 0; i < 50; i++) {
            estimate.observe(Duration.ofDays(1).toNanos());
        }
        assertThat(estimate.late()).isEqualTo(Duration.ofSeconds(1));
    }
}
