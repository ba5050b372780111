package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmitterRoundsTest {
    private static final long MILLI = 1_000_000;

    private final EmitterRounds rounds = new EmitterRounds(2, new SplittableRandom(1));

    @Test
    void comeEveryTenMilliseconds() {
        long first = rounds.next(0, 5 * MILLI);

        assertThat(first).isBetween(5 * MILLI + 1, 15 * MILLI);
        assertThat(rounds.next(0, first - 1)).isEqualTo(first);
        assertThat(rounds.next(0, first)).isEqualTo(first + 10 * MILLI);
    }

    @Test
    void comeAtOtherMomentsForOthers() {
        assertThat(rounds.next(0, 0)).isNotEqualTo(rounds.next(1, 0));
    }

    @Test
    void comeSoonerWhereTenMessagesGatherSooner() {
        for (int message = 0; message < 4_000; message++) {
            rounds.next(0, 0);
        }
        rounds.adapt(2);
        assertThat(rounds.period()).isEqualTo(5 * MILLI);

        rounds.adapt(2);
        assertThat(rounds.period()).isEqualTo(10 * MILLI);
    }
}
