package dev.grapevine.discovery.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwarenessTest {
    private final Awareness awareness = new Awareness(8);

    @Test
    void stretchesByOneMoreForEachPointOfDoubt() {
        awareness.adjust(2);

        assertThat(awareness.stretch(Duration.ofMillis(500))).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void neverLeavesItsBounds() {
        awareness.adjust(-3);
        assertThat(awareness.score()).isZero();

        awareness.adjust(100);
        assertThat(awareness.stretch(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(8));

        awareness.adjust(-1);
        assertThat(awareness.score()).isEqualTo(6);
    }
}
