package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    @Test
    void anyNumberOfEventsComesOutInOrderWhateverOrderTheyCameIn() {
        VirtualTime world = new VirtualTime(1);
        VirtualTime.Node node = world.newNode();
        Random random = new Random(1);
        List<Long> due = new ArrayList<>();
        List<Long> ran = new ArrayList<>();
        for (int number = 0; number < 5_000; number++) {
            long delay = random.nextInt(500);
            due.add(delay);
            node.schedule(Duration.ofNanos(delay), () -> ran.add(world.nanoTime()));
        }

        world.runFor(Duration.ofNanos(200));
        node.schedule(Duration.ofNanos(10), () -> ran.add(world.nanoTime()));
        due.add(210L);
        world.runFor(Duration.ofNanos(300));

        assertThat(ran).containsExactlyElementsOf(due.stream().sorted().toList());
        assertThat(world.waiting()).isZero();
    }
}
