package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of every kind at random, and then none: whatever happened, no chain may fork, and when the faults have stopped
 * everything must converge. More seeds: {@code -Dgrapevine.seeds=1000 -Dgrapevine.firstSeed=5000}.
 */
class SeedsTest {
    static LongStream seeds() {
        long first = Long.getLong("grapevine.firstSeed", 1000);
        return LongStream.range(first, first + Long.getLong("grapevine.seeds", 10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysSafeUnderFaultsAndConvergesAfterThem(long seed) {
        assertThatCode(() -> {
                    FaultSchedule schedule = new FaultSchedule(seed);
                    schedule.runFaults();
                    schedule.converges();
                })
                .as("seed %d (again: -Dgrapevine.firstSeed=%d -Dgrapevine.seeds=1)", seed, seed)
                .doesNotThrowAnyException();
    }
}
