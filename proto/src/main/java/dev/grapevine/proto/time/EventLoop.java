package dev.grapevine.proto.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a real node: one daemon thread, the machine's clocks, and workers that many nodes may share.
 *
 * <p>What costs most in a node that has little to do, and much in a busy one, is to wake the thread up. So no lock has to be
 * taken for that, only the first of several tasks does it, and periodic tasks run {@linkplain #untilNext together}.
 */
public final class EventLoop implements Scheduler, Workers, AutoCloseable {
    /** How many queued tasks may run before timers are looked at. */
    private static final int TASKS_IN_A_ROW = 64;

    /** Long periods end at multiples of this, counted from the loop's beginning. */
    private static final Duration BEAT = Duration.ofMillis(500);

    private static final int BEATS_OF_A_LONG_PERIOD = 4;

    private final Queue<Runnable> queued = new ConcurrentLinkedQueue<>();
    private final TimerQueue timers = new TimerQueue();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final Workers workers;
    private final Consumer<Throwable> onFailure;
    private final Clock clock;
    private final RandomGenerator random = new SplittableRandom();
    private final long born = System.nanoTime();
    private final Thread thread;
    private volatile boolean closed;

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
        this.workers = new PoolWorkers(pool, this::execute);
        this.onFailure = onFailure;
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            runDue();
            for (int ran = 0; ran < TASKS_IN_A_ROW && !closed; ran++) {
                Runnable task = queued.poll();
                if (task == null) {
                    park();
                    break;
                }
                guarded(task);
            }
        }
        queued.clear();
    }

    private void runDue() {
        for (Runnable task = timers.poll(nanoTime()); task != null && !closed; task = timers.poll(nanoTime())) {
            guarded(task);
        }
    }

    /** Sleeps until a task comes or a timer is due. Says so before it looks for tasks a last time, so that none is overlooked. */
    private void park() {
        parked.set(true);
        long wait = timers.untilNext(nanoTime());
        if (queued.isEmpty() && !closed && wait > 0) {
            LockSupport.parkNanos(this, wait);
        }
        parked.set(false);
        // An interrupt that a task has left behind would keep the thread from sleeping ever again.
        Thread.interrupted();
    }

    private void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            report(e);
        }
    }

    private void report(Throwable failure) {
        try {
            onFailure.accept(failure);
        } catch (Throwable e) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
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
        // A stopped node has no loop; what would have run on it has no meaning any more.
        if (!closed) {
            queued.add(task);
            wake();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        TimerQueue.Entry entry = timers.entry(nanoTime() + Math.max(0, delay.toNanos()), task);
        if (inLoop()) {
            timers.add(entry);
        } else {
            execute(() -> timers.add(entry));
        }
        return () -> {
            entry.cancel();
            if (inLoop()) {
                timers.remove(entry);
            }
        };
    }

    /**
     * {@inheritDoc}
     *
     * <p>Periods of two seconds and more are lengthened or shortened by a quarter of a second at most, so that tasks of the same or of
     * related periods run one after another and the thread wakes up once for all of them.
     */
    @Override
    public Duration untilNext(Duration period) {
        return untilBeat(period, nanoTime() - born);
    }

    /** @param age of the loop in nanoseconds */
    static Duration untilBeat(Duration period, long age) {
        if (period.compareTo(BEAT.multipliedBy(BEATS_OF_A_LONG_PERIOD)) < 0) {
            return period;
        }
        long beats = Math.round((double) (age + period.toNanos()) / BEAT.toNanos());
        return BEAT.multipliedBy(beats).minusNanos(age);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
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
        wake();
    }
}
