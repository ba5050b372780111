package dev.grapevine.discovery;

import static dev.grapevine.discovery.AliveMessages.alive;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotKeeperTest extends Addressee {
    @Test
    void savesAMomentAfterSomebodyCame() {
        receive(alive(other, 100, 1));
        assertThat(peer.saved).isEmpty();

        network.run(Duration.ofSeconds(1));

        assertThat(peer.saved).hasSize(1);
    }

    @Test
    void savesSeldomWhileMuchChanges() {
        receive(alive(other, 100, 1));
        network.run(Duration.ofSeconds(2));

        receive(alive(sender, 100, 1));
        network.run(Duration.ofSeconds(2));
        assertThat(peer.saved).hasSize(1);

        network.run(Duration.ofSeconds(10));
        assertThat(peer.saved).hasSize(2);
    }

    @Test
    void savesWhatIsOwedWhenTheNodeStops() {
        receive(alive(other, 100, 1));

        peer.loop.execute(peer.discovery::stop);
        network.run(Duration.ofMillis(10));

        assertThat(peer.saved).hasSize(1);
    }
}
