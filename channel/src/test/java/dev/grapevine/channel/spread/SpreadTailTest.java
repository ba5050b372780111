package dev.grapevine.channel.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the last of many peers waits for a block, where all that is sent can be lost. */
class SpreadTailTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int PEERS = 300;

    @Test
    void withoutLossEveryCopyIsNeededAndTheLastIsAFewHopsAway() {
        SpreadingPeers peers = new SpreadingPeers(PEERS, 0, 1);

        Duration[] last = peers.order(20, LIMIT);

        assertThat(last[19]).isLessThan(Duration.ofMillis(300));
        assertThat(peers.amplification()).isLessThan(1.005);
    }

    /** A lost copy is missed once, a lost request or answer once more; each costs about a round trip, not a fixed time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofWhatIsLostASecondCopyIsThereSoon(long seed) {
        SpreadingPeers peers = new SpreadingPeers(PEERS, 0.01, seed);

        Duration[] last = peers.order(60, LIMIT);

        assertThat(last[30]).isLessThan(Duration.ofMillis(350));
        assertThat(last[58]).isLessThan(Duration.ofMillis(450));
        assertThat(peers.amplification()).isLessThan(1.03);
    }

    /** Over a hundred blocks chance evens out. Who has links with all is not to be chosen by more than others are. */
    @Test
    void nobodySendsMuchMoreThanOthersThoughSomeHaveLinksWithAll() {
        SpreadingPeers peers = new SpreadingPeers(PEERS, 0.01, 1);
        peers.linkWithAll(11);

        peers.order(100, LIMIT);

        assertThat(peers.fairness()).isLessThan(1.5);
    }
}
