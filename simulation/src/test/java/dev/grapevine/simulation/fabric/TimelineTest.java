package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000;

    private final VirtualTime world = new VirtualTime(1);
    private final Roster roster = new Roster(1, 1);
    private final Timeline time = new Timeline(world, roster);
    private final List<Integer> happened = new ArrayList<>();

    private void wait(int seconds) {
        world.runFor(Duration.ofSeconds(seconds));
    }

    @Test
    void whatRepeatsSleepsFirst() {
        roster.started(0, 1);
        time.every(4 * SECOND, 0, () -> happened.add(time.millis()));
        wait(9);

        assertThat(happened).containsExactly(4_001, 8_001);
    }

    @Test
    void aCrashEndsWhatAPeerPlanned() {
        roster.started(0, 1);
        time.every(4 * SECOND, 0, () -> happened.add(1));
        time.after(5 * SECOND, 0, () -> happened.add(2));
        time.after(5 * SECOND, () -> happened.add(3));
        wait(3);
        roster.crashed(0);
        roster.started(0, time.millis());
        wait(10);

        assertThat(happened).containsExactly(3);
    }

    @Test
    void noMillisecondIsZero() {
        assertThat(time.millis()).isEqualTo(1);
    }
}
