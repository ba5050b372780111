package dev.grapevine.state.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliverConfigTest {
    private final DeliverConfig defaults = DeliverConfig.defaults();

    @Test
    void hasFabricsDefaults() {
        assertThat(defaults.reconnectTotalTimeThreshold()).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.reconnectBackoffThreshold()).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.minimalReconnectInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.connTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(defaults.keepaliveInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.keepaliveTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(defaults.blockGossipEnabled()).isTrue();
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> defaults.withThresholds(Duration.ZERO, Duration.ofHours(1)))
                .hasMessageContaining("peer.deliveryclient.reconnectTotalTimeThreshold is PT0S");
        assertThatThrownBy(() -> defaults.withThresholds(Duration.ofHours(1), Duration.ofMillis(1)))
                .hasMessageContaining("peer.deliveryclient.reConnectBackoffThreshold is PT0.001S");
    }
}
