package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateConfigTest {
    @Test
    void hasFabricsDefaults() {
        StateConfig config = StateConfig.defaults();

        assertThat(config.enabled()).isFalse();
        assertThat(config.checkInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.responseTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.batchSize()).isEqualTo(10);
        assertThat(config.maxRetries()).isEqualTo(3);
        assertThat(config.blockBufferSize()).isEqualTo(20);
        assertThat(config.channelSize()).isEqualTo(100);
        assertThat(config.nonBlockingCommitMode()).isFalse();
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> StateConfig.defaults().withChannelSize(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peer.gossip.state.channelSize is -1");
    }

    /** Fabric's table of stragglers. */
    @ParameterizedTest
    @CsvSource({
        "false, true, 201, 100, true",
        "false, true, 200, 100, false",
        "true, true, 500, 100, false",
        "false, false, 500, 100, false",
        "false, true, 50, 100, false"
    })
    void warnsOfAStragglerOnlyIfItDependsOnOthersAndHasStateTransferOff(
            boolean enabled, boolean dependsOnOthers, long number, long height, boolean straggler) {
        StragglerWarning warning = new StragglerWarning(Chain.CHANNEL, enabled, dependsOnOthers);

        assertThat(warning.isStraggler(number, height)).isEqualTo(straggler);
    }
}
