package dev.grapevine.discovery.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessConfigTest {
    private final LivenessConfig lan = LivenessConfig.lan();

    @Test
    void suspicionGrowsWithTheLogarithmOfTheMembership() {
        assertThat(lan.shortestSuspicion(4)).isEqualTo(Duration.ofSeconds(2));
        assertThat(lan.shortestSuspicion(100)).isEqualTo(Duration.ofSeconds(4));
        assertThat(lan.shortestSuspicion(10_000)).isEqualTo(Duration.ofSeconds(8));
        assertThat(lan.longestSuspicion(100)).isEqualTo(Duration.ofSeconds(24));
    }

    @Test
    void needsNoConfirmationWhereNobodyCouldGiveIt() {
        assertThat(lan.confirmations(16)).isEqualTo(2);
        assertThat(lan.confirmations(4)).isEqualTo(2);
        assertThat(lan.confirmations(3)).isZero();
        assertThat(lan.confirmations(2)).isZero();
    }

    @Test
    void tellsRumoursMoreOftenAmongMore() {
        assertThat(lan.transmissions(9)).isEqualTo(4);
        assertThat(lan.transmissions(50)).isEqualTo(8);
        assertThat(lan.transmissions(10_000)).isEqualTo(20);
    }

    @Test
    void refusesAProbeThatLastsLongerThanItsInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LivenessConfig(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 4, 6, 8, 4, Duration.ofMillis(200), 3))
                .withMessageContaining("peer.gossip.liveness.probeTimeout")
                .withMessageContaining("shorter than probeInterval");
    }

    @Test
    void knowsItsPresetsByName() {
        assertThat(LivenessConfig.preset("wan")).isEqualTo(LivenessConfig.wan());
        assertThat(LivenessConfig.preset("local")).isEqualTo(LivenessConfig.local());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LivenessConfig.preset("moon"))
                .withMessageContaining("lan, wan or local");
    }
}
