package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime world = new VirtualTime(1);
    private final VirtualTime.Node node = world.newNode();
    private final List<String> events = new ArrayList<>();

    @Test
    void runsEventsInTheOrderOfTheirTimesAndThenOfTheirMaking() {
        node.schedule(Duration.ofSeconds(2), () -> events.add("late"));
        node.schedule(Duration.ofSeconds(1), () -> events.add("first"));
        node.schedule(Duration.ofSeconds(1), () -> events.add("second"));

        world.runFor(Duration.ofSeconds(1));
        assertThat(events).containsExactly("first", "second");

        world.runFor(Duration.ofSeconds(1));
        assertThat(events).containsExactly("first", "second", "late");
    }

    @Test
    void aPeriodicTaskGoesOnAfterAFailureAndEndsWhenCancelled() {
        Scheduler.Timer timer = node.every(Duration.ofSeconds(1), () -> events.add("tick"));

        world.runFor(Duration.ofSeconds(3));
        timer.cancel();
        world.runFor(Duration.ofSeconds(3));

        assertThat(events).containsExactly("tick", "tick", "tick");
    }

    @Test
    void aStoppedNodeRunsNothingMore() {
        node.schedule(Duration.ofSeconds(1), () -> events.add("never"));
        node.stop();

        world.runFor(Duration.ofSeconds(2));

        assertThat(events).isEmpty();
    }

    @Test
    void workTakesItsTimeAndItsFailureReturnsToTheLoop() {
        node.setWorkDuration(Duration.ofMillis(5));
        node.submit(() -> 42, (result, failure) -> events.add("result " + result + " at " + world.nanoTime()));
        node.submit(
                () -> {
                    throw new java.io.IOException("disk gone");
                },
                (result, failure) -> events.add(String.valueOf(failure)));

        world.runFor(Duration.ofSeconds(1));

        assertThat(events).containsExactly("result 42 at 5000000", "java.io.IOException: disk gone");
    }

    @Test
    void theSameSeedGivesTheSameRandomness() {
        long first = new VirtualTime(7).newNode().random().nextLong();
        long again = new VirtualTime(7).newNode().random().nextLong();
        long other = new VirtualTime(8).newNode().random().nextLong();

        assertThat(first).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void wallClocksMayBeApart() {
        VirtualTime.Node skewed = world.newNode();
        skewed.setClockOffset(Duration.ofMinutes(-5));

        assertThat(Duration.between(skewed.wallTime(), node.wallTime())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void runUntilStopsAtTheEventThatFulfilsTheCondition() {
        node.every(Duration.ofSeconds(1), () -> events.add("tick"));

        assertThat(world.runUntil(() -> events.size() == 2, Duration.ofMinutes(1)))
                .isTrue();
        assertThat(world.nanoTime()).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(world.runUntil(() -> events.size() == 100, Duration.ofSeconds(5)))
                .isFalse();
        assertThat(world.nanoTime()).isEqualTo(Duration.ofSeconds(7).toNanos());
    }

    @Test
    void whatIsDueWhileTheLoopIsBusyWaitsInOrder() {
        node.setTaskDuration(Duration.ofMillis(10));
        for (int number = 1; number <= 3; number++) {
            String name = "task " + number;
            node.execute(() -> events.add(name + " at " + world.nanoTime() / 1_000_000));
        }
        world.runFor(Duration.ofMillis(15));
        node.execute(() -> events.add("task 4 at " + world.nanoTime() / 1_000_000));

        world.runFor(Duration.ofSeconds(1));

        assertThat(events).containsExactly("task 1 at 0", "task 2 at 10", "task 3 at 20", "task 4 at 30");
    }

    @Test
    void aBusyLoopHoldsUpNobodyElse() {
        node.setTaskDuration(Duration.ofSeconds(10));
        node.execute(() -> {});
        world.newNode()
                .schedule(Duration.ofSeconds(1), () -> events.add("other at " + world.nanoTime() / 1_000_000_000));

        world.runFor(Duration.ofSeconds(2));

        assertThat(events).containsExactly("other at 1");
    }

    @Test
    void aClockThatRunsFastFiresItsTimersEarly() {
        node.setClockDrift(1_000_000);
        node.schedule(Duration.ofSeconds(2), () -> events.add("at " + world.nanoTime() / 1_000_000));

        world.runFor(Duration.ofSeconds(2));

        assertThat(events).containsExactly("at 1000");
        assertThat(node.nanoTime()).isEqualTo(Duration.ofSeconds(4).toNanos());
        assertThat(Duration.between(world.newNode().wallTime(), node.wallTime()))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void workWaitsForAFreeWorker() {
        node.setWork(Duration.ofMillis(5), 2);
        for (int number = 1; number <= 3; number++) {
            submit(number, false);
        }

        world.runFor(Duration.ofSeconds(1));

        assertThat(events).containsExactly("1 at 5", "2 at 5", "3 at 10");
    }

    @Test
    void whatIsUrgentGoesBeforeWhatWaitsAndNotBeforeWhatWasBegun() {
        node.setWork(Duration.ofMillis(5), 2);
        for (int number = 1; number <= 4; number++) {
            submit(number, false);
        }
        submit(5, true);

        world.runFor(Duration.ofSeconds(1));

        assertThat(events).containsExactly("1 at 5", "2 at 5", "5 at 10", "3 at 10", "4 at 15");
    }

    private void submit(int piece, boolean first) {
        node.submit(
                first, () -> piece, (result, failure) -> events.add(result + " at " + world.nanoTime() / 1_000_000));
    }
}
