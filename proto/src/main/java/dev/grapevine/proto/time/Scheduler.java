package dev.grapevine.proto.time;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * A node's one loop: its clocks, its timers and its randomness. All protocol state of a node is touched only by tasks of
 * its scheduler, one at a time, so none of it needs a lock.
 */
public interface Scheduler {
    /** A task that was scheduled and can be called off. */
    interface Timer {
        /** Keeps the task from running if it has not started. Calling it again, or after the run, does nothing. */
        void cancel();
    }

    /** Nanoseconds on a clock that never goes back; only differences mean anything. */
    long nanoTime();

    /** The wall clock, which may jump. For timestamps others see and for certificate dates, never for durations. */
    Instant wallTime();

    /** Runs {@code task} on the loop after everything queued before it. May be called from any thread. */
    void execute(Runnable task);

    /** Runs {@code task} on the loop once {@code delay} has passed (not before). May be called from any thread. */
    Timer schedule(Duration delay, Runnable task);

    /** This node's seeded randomness. On the loop only. */
    RandomGenerator random();

    /** Whether the caller is running on this loop. */
    boolean inLoop();

    /**
     * Runs {@code task} every {@code period}, the first time after one period, each time counted from the end of the run
     * before. A task that throws is reported to the loop's failure handler and goes on with the next period.
     */
    default Timer every(Duration period, Runnable task) {
        Periodic periodic = new Periodic(this, period, task);
        periodic.arm();
        return periodic;
    }

    /** How long a periodic task waits that has run now: the period, or about as long where waking up costs something. */
    default Duration untilNext(Duration period) {
        return period;
    }

    /** {@link #wallTime()} in nanoseconds since the epoch, as Fabric's incarnation numbers are. */
    default long wallNanos() {
        Instant now = wallTime();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
