package dev.grapevine.node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what real peers do in their own time: asks again and again, and fails with the last complaint. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /** Returns as soon as the assertions hold. */
    public static void eventually(ThrowingCallable assertions) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                assertions.call();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            } catch (Throwable e) {
                throw new AssertionError("could not even be asked", e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
