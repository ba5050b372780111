package dev.grapevine.proto.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The loop of a real node: one daemon thread, the machine's clocks, and workers that many nodes may share. */
public final class EventLoop implements Scheduler, Workers, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    private final Executor pool;
    private final Consumer<Throwable> onFailure;
    private final Clock clock;
    private final RandomGenerator random = new SplittableRandom();
    private volatile @Nullable Thread loop;

    /**
     * @param name the thread's name
     * @param pool where {@link #submit} runs work; not closed with the loop
     * @param onFailure told of every exception that escapes a task; the loop goes on
     */
    public EventLoop(String name, Executor pool, Consumer<Throwable> onFailure) {
        this(name, pool, onFailure, Clock.systemUTC());
    }

    /** As the other, with a wall clock of the caller's. */
    public EventLoop(String name, Executor pool, Consumer<Throwable> onFailure, Clock clock) {
        this.pool = pool;
        this.onFailure = onFailure;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            loop = created;
            return created;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException afterClose) {
            // A stopped node has no loop; what would have run on it has no meaning any more.
            return;
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future =
                    thread.schedule(() -> guarded(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException afterClose) {
            return () -> {};
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == loop;
    }

    @Override
    public <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        try {
            pool.execute(() -> {
                T result;
                try {
                    result = work.call();
                } catch (Throwable e) {
                    execute(() -> done.accept(null, e));
                    return;
                }
                execute(() -> done.accept(result, null));
            });
        } catch (RejectedExecutionException e) {
            execute(() -> done.accept(null, e));
        }
    }

    /** Ends the loop after the task that is running; later tasks and timers never run. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
