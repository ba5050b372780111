package dev.grapevine.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ElectionConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void hasFabricsDefaults() {
        ElectionConfig config = ElectionConfig.defaults();

        assertThat(config.useLeaderElection()).isFalse();
        assertThat(config.orgLeader()).isFalse();
        assertThat(config.startupGracePeriod()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.membershipSampleInterval()).isEqualTo(SECOND);
        assertThat(config.leaderAliveThreshold()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.leaderElectionDuration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.declarationPeriod()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.yieldPeriod()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesToElectAndToLeadAtOnce() {
        assertThatThrownBy(() -> new ElectionConfig(true, true, SECOND, SECOND, SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.useLeaderElection")
                .hasMessageContaining("peer.gossip.orgLeader");
    }

    @Test
    void namesTheDurationThatIsWrong() {
        assertThatThrownBy(() -> new ElectionConfig(true, false, SECOND, Duration.ZERO, SECOND, SECOND))
                .hasMessageContaining("peer.gossip.election.membershipSampleInterval");
        assertThatThrownBy(() -> new ElectionConfig(true, false, SECOND, SECOND, Duration.ZERO, SECOND))
                .hasMessageContaining("peer.gossip.election.leaderAliveThreshold is PT0S");
    }
}
