package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLoopTest {
    private static final int TASKS = 2_000;

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService threads = SharedLoop.threads("shared", 3);
    private final SharedLoop loop = new SharedLoop(threads, Runnable::run, seen::add);

    @AfterEach
    void close() {
        threads.shutdown();
    }

    private Object next() throws InterruptedException {
        return seen.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void eachRunsOneTaskAtATimeAndInOrder() throws InterruptedException {
        List<SharedLoop> loops = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            loops.add(new SharedLoop(threads, Runnable::run, seen::add));
        }
        CountDownLatch done = new CountDownLatch(loops.size());
        loops.forEach(each -> count(each, done));

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).isEmpty();
    }

    private void count(SharedLoop each, CountDownLatch done) {
        // Touched by tasks of one loop only, hence without a lock.
        int[] last = {0};
        for (int number = 1; number <= TASKS; number++) {
            int expected = number;
            each.execute(() -> {
                if (++last[0] != expected || !each.inLoop()) {
                    seen.add("out of order");
                }
                if (expected == TASKS) {
                    done.countDown();
                }
            });
        }
    }

    @Test
    void runsTimersUnlessTheyAreCalledOff() throws InterruptedException {
        loop.execute(() -> {
            Scheduler.Timer due = loop.schedule(Duration.ZERO, () -> seen.add("called off"));
            loop.schedule(Duration.ofMillis(5), () -> seen.add("due " + loop.inLoop()));
            due.cancel();
        });

        assertThat(next()).isEqualTo("due true");
        assertThat(seen).isEmpty();
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
    void afterItsCloseOthersOnTheSameThreadsGoOn() throws InterruptedException {
        SharedLoop other = new SharedLoop(threads, Runnable::run, seen::add);
        loop.execute(() -> {
            loop.schedule(Duration.ofMillis(1), () -> seen.add("never"));
            loop.execute(() -> seen.add("never"));
            loop.close();
        });

        other.schedule(Duration.ofMillis(20), () -> seen.add("other"));

        assertThat(next()).isEqualTo("other");
    }
}
