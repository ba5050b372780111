package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SuspicionTest {
    private final Suspicion suspicion = new Suspicion(peer(1), 2, 2_000, 12_000, 100);

    @Test
    void lastsLongestWhileNobodyConfirms() {
        assertThat(suspicion.deadline()).isEqualTo(100 + 12_000);
    }

    @Test
    void shortensWithTheLogarithmOfTheConfirmations() {
        suspicion.confirm(peer(2));
        assertThat((double) suspicion.deadline())
                .isCloseTo(100 + 12_000 - 10_000 * Math.log(2) / Math.log(3), within(1.0));

        suspicion.confirm(peer(3));
        assertThat(suspicion.deadline()).isEqualTo(100 + 2_000);
    }

    @Test
    void countsNoAccuserTwiceAndNoMoreThanItNeeds() {
        assertThat(suspicion.confirm(peer(1))).isFalse();
        assertThat(suspicion.confirm(peer(2))).isTrue();
        assertThat(suspicion.confirm(peer(2))).isFalse();
        assertThat(suspicion.confirm(peer(3))).isTrue();
        assertThat(suspicion.confirm(peer(4))).as("one more than needed").isFalse();
        assertThat(suspicion.deadline()).isEqualTo(100 + 2_000);
    }

    @Test
    void isShortFromTheBeginningWhereTooFewCouldConfirm() {
        assertThat(new Suspicion(peer(1), 0, 2_000, 12_000, 0).deadline()).isEqualTo(2_000);
    }
}
