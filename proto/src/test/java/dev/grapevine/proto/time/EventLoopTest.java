package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final EventLoop loop = new EventLoop("test loop", pool, seen::add);

    @AfterEach
    void close() {
        loop.close();
        pool.shutdown();
    }

    private Object next() throws InterruptedException {
        return seen.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void runsTasksAndTimersOnItsOwnThread() throws InterruptedException {
        loop.execute(() -> seen.add(loop.inLoop()));
        assertThat(next()).isEqualTo(true);
        assertThat(loop.inLoop()).isFalse();

        loop.schedule(Duration.ofMillis(1), () -> seen.add("timer"));
        assertThat(next()).isEqualTo("timer");
    }

    @Test
    void workRunsElsewhereAndItsResultReturnsToTheLoop() throws InterruptedException {
        loop.submit(loop::inLoop, (workedOnLoop, failure) -> seen.add(workedOnLoop + " " + loop.inLoop()));

        assertThat(next()).isEqualTo("false true");
    }

    @Test
    void aFailingTaskIsReportedAndTheLoopGoesOn() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("a broken invariant");
        loop.execute(() -> {
            throw failure;
        });
        loop.execute(() -> seen.add("still here"));

        assertThat(next()).isSameAs(failure);
        assertThat(next()).isEqualTo("still here");
    }

    @Test
    void afterCloseNothingRunsAndNothingIsThrown() {
        loop.close();

        loop.execute(() -> seen.add("never"));
        loop.schedule(Duration.ZERO, () -> seen.add("never")).cancel();

        assertThat(seen).isEmpty();
    }

    @Test
    void workRefusedByThePoolIsAFailureOfThatWork() throws InterruptedException {
        pool.shutdown();

        loop.submit(() -> 1, (result, failure) -> seen.add(String.valueOf(failure != null)));

        assertThat(next()).isEqualTo("true");
    }

    @Test
    void timersRunInTheOrderOfTheirTimesWhoeverSetThem() throws InterruptedException {
        loop.execute(() -> {
            loop.schedule(Duration.ofMillis(30), () -> seen.add("third"));
            loop.schedule(Duration.ofMillis(10), () -> seen.add("first"));
            loop.schedule(Duration.ofMillis(10), () -> seen.add("second"));
        });
        loop.schedule(Duration.ofMillis(60), () -> seen.add("fourth"));

        assertThat(List.of(next(), next(), next(), next())).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void aTimerThatWasCalledOffDoesNotRun() throws InterruptedException {
        Scheduler.Timer elsewhere = loop.schedule(Duration.ofMillis(5), () -> seen.add("never"));
        elsewhere.cancel();
        loop.execute(() ->
                loop.schedule(Duration.ofMillis(5), () -> seen.add("never")).cancel());
        loop.schedule(Duration.ofMillis(20), () -> seen.add("the only one"));

        assertThat(next()).isEqualTo("the only one");
    }

    @Test
    void callingATimerOffBeforeTheLoopKnowsItHarmsNoOther() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        loop.execute(() -> await(busy));
        Scheduler.Timer early = loop.schedule(Duration.ofMillis(1), () -> seen.add("never"));
        loop.schedule(Duration.ofMillis(1), () -> seen.add("its neighbour"));
        early.cancel();
        busy.countDown();

        assertThat(next()).isEqualTo("its neighbour");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tasksOfManyThreadsAllRunAndThoseOfOneInTheirOrder() throws InterruptedException {
        int threads = 4;
        int tasks = 20_000;
        int[] last = new int[threads];
        int[] disordered = {0};
        List<Thread> producers = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            int producer = number;
            producers.add(new Thread(() -> {
                for (int task = 1; task <= tasks; task++) {
                    int ordinal = task;
                    loop.execute(() -> {
                        disordered[0] += last[producer] == ordinal - 1 ? 0 : 1;
                        last[producer] = ordinal;
                    });
                }
            }));
        }
        producers.forEach(Thread::start);
        for (Thread producer : producers) {
            producer.join();
        }
        loop.execute(() -> seen.add(List.of(disordered[0], last[0], last[1], last[2], last[3])));

        assertThat(next()).isEqualTo(List.of(0, tasks, tasks, tasks, tasks));
    }

    @Test
    void aTaskThatLeavesItsThreadInterruptedOrFailsToReportChangesNothing() throws InterruptedException {
        EventLoop fragile = new EventLoop("fragile loop", pool, failure -> {
            throw new IllegalStateException("cannot even report", failure);
        });
        fragile.execute(() -> Thread.currentThread().interrupt());
        fragile.execute(() -> {
            throw new IllegalArgumentException("a broken invariant");
        });
        fragile.schedule(Duration.ofMillis(10), () -> seen.add("still here"));

        assertThat(next()).isEqualTo("still here");
        fragile.close();
    }

    @Test
    void longPeriodsEndTogetherAndShortOnesWhenTheySay() {
        assertThat(EventLoop.untilBeat(Duration.ofMillis(1999), 7)).isEqualTo(Duration.ofMillis(1999));
        assertThat(EventLoop.untilBeat(Duration.ofSeconds(4), 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(EventLoop.untilBeat(Duration.ofSeconds(4), 600_000_000)).isEqualTo(Duration.ofMillis(3900));
        assertThat(EventLoop.untilBeat(Duration.ofMillis(2500), 900_000_000)).isEqualTo(Duration.ofMillis(2600));
    }
}
