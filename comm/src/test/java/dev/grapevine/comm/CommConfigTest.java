package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommConfigTest {
    @Test
    void hasFabricsDefaults() {
        CommConfig config = CommConfig.defaults();

        assertThat(config.dialTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.connTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.recvBuffSize()).isEqualTo(20);
        assertThat(config.transport().maxMessageBytes()).isEqualTo(104_857_600);
        assertThat(config.transport().clientKeepAlive()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.transport().serverKeepAlive()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> CommConfig.defaults().withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.dialTimeout");
        assertThatThrownBy(() -> CommConfig.defaults().withBuffers(20, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.sendBuffSize is 0; it must be at least 1");
    }
}
