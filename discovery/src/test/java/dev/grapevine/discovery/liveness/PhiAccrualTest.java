package dev.grapevine.discovery.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PhiAccrualTest {
    private static final long SECOND = 1_000_000_000L;

    private final PhiAccrual phi = new PhiAccrual(SECOND, 0.1 * SECOND, 0);

    private long beat(int times, long interval, long from) {
        long now = from;
        for (int i = 0; i < times; i++) {
            now += interval;
            phi.heard(now);
        }
        return now;
    }

    @Test
    void isSmallWhenAHeartbeatIsDueAndGrowsWithTheSilence() {
        long last = beat(100, SECOND, 0);

        assertThat(phi.phi(last + SECOND)).as("half of all come later").isCloseTo(0.3, within(0.02));
        assertThat(phi.phi(last + SECOND / 2)).isLessThan(0.001);
        assertThat(phi.phi(last + 3 * SECOND)).isGreaterThan(8);
    }

    @Test
    void saysOneForAMistakeInTen() {
        long last = beat(1_000, SECOND, 0);

        assertThat(phi.phi(last + SECOND + (long) (1.2816 * 0.1 * SECOND))).isCloseTo(1, within(0.01));
    }

    @Test
    void isPatientWithAnIrregularPeer() {
        long last = 0;
        for (int i = 0; i < 200; i++) {
            last = beat(1, i % 2 == 0 ? SECOND / 4 : 2 * SECOND, last);
        }

        assertThat(phi.phi(last + 3 * SECOND)).isLessThan(4);
    }

    @Test
    void forgetsTheRhythmOfLongAgo() {
        long last = beat(1_000, 10 * SECOND, 0);
        last = beat(1_000, SECOND, last);

        assertThat(phi.phi(last + 3 * SECOND)).isGreaterThan(8);
    }

    @Test
    void staysFiniteHoweverLongTheSilence() {
        assertThat(phi.phi(1_000_000 * SECOND)).isEqualTo(300, within(0.001));
    }
}
