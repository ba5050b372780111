package dev.grapevine.interop.lab;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for real processes, and says how long it took. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(100);

    private Await() {}

    /**
     * Waits until something holds.
     *
     * @return how long that took, to about {@code STEP}
     * @throws AssertionError if it does not within {@code limit}
     */
    public static Duration until(Duration limit, String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Holds that something stays so for a while. */
    public static void stays(Duration time, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        do {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("no longer so: " + what);
            }
            LockSupport.parkNanos(STEP.toNanos());
        } while (System.nanoTime() < end);
    }

    /** Lets time pass in which the processes do something by themselves. */
    public static void pass(Duration time) {
        stays(time, "time passes", () -> true);
    }
}
