package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimeWheelTest {
    private static final long AHEAD = 1_000_000;

    private final TimeWheel wheel = new TimeWheel(AHEAD, 1_000);

    @Test
    void givesMomentsInOrderButForThoseOfOneSlot() {
        SplittableRandom random = new SplittableRandom(3);
        wheel.start(5 * AHEAD);
        wheel.add(0, 5 * AHEAD);
        List<Long> taken = new ArrayList<>();
        for (int added = 1; wheel.next(); added++) {
            taken.add(wheel.moment());
            if (added < 500) {
                wheel.add(added, wheel.moment() + random.nextLong(AHEAD));
                wheel.add(-added, wheel.moment() + random.nextLong(AHEAD));
            }
        }
        assertThat(taken).hasSize(999);
        for (int index = 1; index < taken.size(); index++) {
            assertThat(taken.get(index)).isGreaterThan(taken.get(index - 1) - AHEAD / 500);
        }
    }

    @Test
    void canBeUsedAgain() {
        wheel.start(0);
        wheel.add(7, 10);
        assertThat(wheel.next()).isTrue();
        wheel.start(100 * AHEAD);
        wheel.add(8, 100 * AHEAD + 1);

        assertThat(wheel.next()).isTrue();
        assertThat(wheel.peer()).isEqualTo(8);
        assertThat(wheel.next()).isFalse();
    }
}
