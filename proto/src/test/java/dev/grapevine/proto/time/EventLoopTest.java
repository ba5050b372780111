package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
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
}
