package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void theDefaultsAreFabrics() {
        DiscoveryConfig config = DiscoveryConfig.defaults("peer0:7051");

        assertThat(config.expirationCheckInterval()).isEqualTo(Duration.ofMillis(2500));
        assertThat(config.memory()).isEqualTo(Duration.ofSeconds(500));
        assertThat(config.maxConnectionAttempts()).isEqualTo(120);
        assertThat(config.publishCertPeriod()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aWrongValueIsRefusedWithItsKeyAndWhatWouldBeRight() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscoveryConfig.defaults("peer0"))
                .withMessageContaining("peer.gossip.endpoint")
                .withMessageContaining("peer0.org1.example.com:7051");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscoveryConfig.defaults("peer0:7051").withBootstrap("peer1:99999"))
                .withMessageContaining("peer.gossip.bootstrap");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiscoveryConfig(
                        "peer0:7051",
                        "",
                        List.of(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(25),
                        120,
                        20,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        3,
                        true,
                        FailureDetection.timeout()))
                .withMessageContaining("peer.gossip.aliveExpirationTimeout")
                .withMessageContaining("longer than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:7051", "10.0.0.1:1", "peer0.org1.example.com:65535", "[::1]:7051", "peer_0:7"})
    void takesAnEndpoint(String endpoint) {
        assertThat(Endpoint.fault(endpoint)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                ":7051",
                "host:",
                "host:0",
                "host:65536",
                "host:-1",
                "::1:7051",
                "a b:1",
                "h\n:1",
                "h:1x"
            })
    void refusesWhatIsNoEndpoint(String endpoint) {
        assertThat(Endpoint.fault(endpoint)).isPresent();
    }
}
