package dev.grapevine.proto.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one of many nodes in a process: like {@link EventLoop}, but on threads that all of them share. Its tasks run one at a time
 * and in order, and whatever has come meanwhile is run at a stretch; so a few busy threads do what else wakes up one thread for
 * each node, and none of them waits for a processor behind fifty others.
 */
public final class SharedLoop implements Scheduler, Workers, AutoCloseable {
    /** Tasks run at a stretch before another loop on the same threads has its turn. */
    private static final int STRETCH = 64;

    private final ScheduledExecutorService threads;
    private final Workers workers;
    private final Consumer<Throwable> onFailure;
    private final RandomGenerator random = new SplittableRandom();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Whether tasks are being run, or a thread has been told to. */
    private final AtomicBoolean awake = new AtomicBoolean();

    private volatile @Nullable Thread runner;
    private volatile boolean closed;

    /**
     * @param threads made by {@link #threads}; not closed with the loop
     * @param pool where {@link #submit} runs work; not closed with the loop
     * @param onFailure told of every exception that escapes a task; the loop goes on
     */
    public SharedLoop(ScheduledExecutorService threads, Executor pool, Consumer<Throwable> onFailure) {
        this.threads = threads;
        this.workers = new PoolWorkers(pool, this::execute);
        this.onFailure = onFailure;
    }

    /** Daemon threads for loops. */
    public static ScheduledExecutorService threads(String name, int count) {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(count, task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        });
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return threads;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return Instant.now();
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            // A stopped node has no loop; what would have run on it has no meaning any more.
            return;
        }
        tasks.add(task);
        if (awake.compareAndSet(false, true)) {
            wake();
        }
    }

    private void wake() {
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException afterClose) {
            tasks.clear();
        }
    }

    /** Runs what has come, on one of the threads. */
    private void run() {
        runner = Thread.currentThread();
        try {
            Runnable task = tasks.poll();
            for (int count = 1; task != null && !closed; count++) {
                guarded(task);
                task = count < STRETCH ? tasks.poll() : null;
            }
        } finally {
            runner = null;
            awake.set(false);
            if (!tasks.isEmpty() && !closed && awake.compareAndSet(false, true)) {
                wake();
            }
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Delayed delayed = new Delayed(task);
        try {
            delayed.future = threads.schedule(delayed::due, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException afterClose) {
            return () -> {};
        }
        return delayed;
    }

    private final class Delayed implements Timer, Runnable {
        private final Runnable task;
        private volatile boolean cancelled;
        private @Nullable Future<?> future;

        Delayed(Runnable task) {
            this.task = task;
        }

        /** Queues the task; runs it at once if the loop is asleep, since this is one of its threads. */
        void due() {
            tasks.add(this);
            if (awake.compareAndSet(false, true)) {
                SharedLoop.this.run();
            }
        }

        @Override
        public void run() {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (future != null) {
                future.cancel(false);
            }
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
        return Thread.currentThread() == runner;
    }

    @Override
    public <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        workers.submit(work, done);
    }

    @Override
    public <T> void submitFirst(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        workers.submitFirst(work, done);
    }

    /** Ends the loop after the task that is running; later tasks and timers never run. */
    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }
}
