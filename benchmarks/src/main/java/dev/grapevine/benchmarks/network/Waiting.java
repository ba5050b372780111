package dev.grapevine.benchmarks.network;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for real time to pass, or for something to hold. */
public final class Waiting {
    private static final Duration STEP = Duration.ofMillis(10);

    private Waiting() {}

    /**
     * Waits until something holds.
     *
     * @throws IllegalStateException if it does not within {@code limit}
     */
    public static void until(Duration limit, String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new IllegalStateException("no " + what + " within " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** Waits until {@link System#nanoTime} has come to {@code nanos}. */
    public static void untilTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    public static void rest(Duration duration) {
        untilTime(System.nanoTime() + duration.toNanos());
    }
}
