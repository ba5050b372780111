package dev.grapevine.proto.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerQueueTest {
    @Test
    void whatIsUrgentGoesFirstAndTheRestInItsOrder() throws InterruptedException {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new WorkerQueue());
        List<String> order = new ArrayList<>();
        CountDownLatch queued = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(4);
        try (EventLoop loop = new EventLoop("loop", pool, failure -> {})) {
            loop.submit(() -> queued.await(10, TimeUnit.SECONDS), (passed, failure) -> done.countDown());
            for (String each : List.of("one", "two")) {
                loop.submit(() -> order.add(each), (added, failure) -> done.countDown());
            }
            loop.submitFirst(() -> order.add("urgent"), (added, failure) -> done.countDown());
            queued.countDown();

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        pool.shutdown();

        assertThat(order).containsExactly("urgent", "one", "two");
    }
}
