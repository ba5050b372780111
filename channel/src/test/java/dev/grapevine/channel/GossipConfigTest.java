package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.channel.pull.PullConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GossipConfigTest {
    @Test
    void theDefaultsAreFabrics() {
        GossipConfig config = GossipConfig.defaults();

        assertThat(config.maxBlockCountToStore()).isEqualTo(10);
        assertThat(config.push().maxBurstLatency()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.push().maxBurstSize()).isEqualTo(10);
        assertThat(config.push().iterations()).isEqualTo(1);
        assertThat(config.push().peers()).isEqualTo(3);
        assertThat(config.pull().interval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.pull().peers()).isEqualTo(3);
        assertThat(config.pull().digestWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.pull().requestWait()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.pull().responseWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.blockLife()).isEqualTo(Duration.ofSeconds(400));
        assertThat(config.unjoinedStateInfoLife()).isEqualTo(Duration.ofSeconds(400));
        assertThat(config.leadershipLife()).isEqualTo(Duration.ofSeconds(100));
        assertThat(config.stateInfoSweepInterval()).isEqualTo(Duration.ofSeconds(20));
    }

    private static PullConfig pull(Duration interval, int peers) {
        Duration wait = Duration.ofSeconds(1);
        return new PullConfig(interval, peers, wait, wait, wait, 1, 1, 1, 1);
    }

    @Test
    void aWrongValueIsRefusedByItsKey() {
        assertThatThrownBy(() -> pull(Duration.ofSeconds(4), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.pullPeerNum is 0");
        assertThatThrownBy(() -> pull(Duration.ZERO, 3)).hasMessageContaining("peer.gossip.pullInterval");
        assertThatThrownBy(() -> new GossipConfig(
                        GossipConfig.defaults().push(),
                        GossipConfig.defaults().pull(),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(-4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        10,
                        GossipLimits.defaults(),
                        GossipConfig.defaults().spread()))
                .hasMessageContaining("peer.gossip.publishStateInfoInterval");
    }
}
