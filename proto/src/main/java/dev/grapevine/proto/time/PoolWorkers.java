package dev.grapevine.proto.time;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Workers that are threads of a pool, which many nodes may share. */
final class PoolWorkers implements Workers {
    private final Executor pool;
    private final Executor loop;

    /**
     * @param pool with a {@link WorkerQueue}, if what is urgent is to go first
     * @param loop where results return to
     */
    PoolWorkers(Executor pool, Executor loop) {
        this.pool = pool;
        this.loop = loop;
    }

    @Override
    public <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        give(() -> run(work, done), done);
    }

    @Override
    public <T> void submitFirst(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        WorkerQueue.Urgent urgent = () -> run(work, done);
        give(urgent, done);
    }

    private <T> void give(Runnable work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
            loop.execute(() -> done.accept(null, e));
        }
    }

    private <T> void run(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        T result;
        try {
            result = work.call();
        } catch (Throwable e) {
            loop.execute(() -> done.accept(null, e));
            return;
        }
        loop.execute(() -> done.accept(result, null));
    }
}
