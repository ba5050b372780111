package dev.grapevine.proto.time;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes slow work (signature checks, block verification) off the loop and brings the result back to it. Results may
 * return in another order than the work was given.
 */
public interface Workers {
    /**
     * Runs {@code work} elsewhere, then {@code done} on the loop with its result, or with what it threw.
     *
     * <p>The queue behind it is bounded by the callers: each bounds what it has in flight.
     */
    <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done);
}
