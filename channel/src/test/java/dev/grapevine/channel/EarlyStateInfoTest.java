package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStateInfoTest {
    private final VirtualTime time = new VirtualTime(1);
    private final List<Long> exchanges = new ArrayList<>();
    private boolean hurrying = true;
    private boolean missing = true;
    private final EarlyStateInfo early = new EarlyStateInfo(
            time.newNode(),
            Duration.ofSeconds(4),
            () -> missing,
            () -> hurrying,
            () -> exchanges.add(time.nanoTime() / 1_000_000));

    @Test
    void whoKnowsMostWaitsForWhatOthersPushUnlessItLearnsThatItDoesNot() {
        hurrying = false;
        early.look();
        time.runFor(Duration.ofMillis(600));
        assertThat(exchanges).isEmpty();

        hurrying = true;
        early.look();
        time.runFor(Duration.ofMillis(25));
        assertThat(exchanges).containsExactly(620L);
    }

    @Test
    void asksSoonAndThenLessAndLessUntilThePeriodicRoundIsAsQuick() {
        early.look();
        early.look();
        time.runFor(Duration.ofMinutes(1));

        assertThat(exchanges).containsExactly(20L, 60L, 140L, 300L, 620L, 1260L, 2540L);
        assertThat(time.step()).isFalse();
    }

    @Test
    void endsWhenNothingIsMissingAndBeginsAgainForTheNext() {
        early.look();
        time.runFor(Duration.ofMillis(30));
        missing = false;
        time.runFor(Duration.ofSeconds(1));
        missing = true;
        early.look();
        time.runFor(Duration.ofMillis(30));

        assertThat(exchanges).containsExactly(20L, 1050L);
    }

    @Test
    void whoeverAppearsMeanwhileIsAskedForSoon() {
        early.look();
        time.runFor(Duration.ofSeconds(1));
        early.look();
        time.runFor(Duration.ofMillis(100));

        assertThat(exchanges).containsExactly(20L, 60L, 140L, 300L, 620L, 1020L, 1060L);
    }

    @Test
    void stopsWithTheChannel() {
        early.look();
        early.stop();
        time.runFor(Duration.ofSeconds(1));

        assertThat(exchanges).isEmpty();
    }
}
