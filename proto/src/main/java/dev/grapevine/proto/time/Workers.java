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

    /**
     * The same, before everything that waits: for the few short checks that another node waits for and gives up after a while, as that of
     * a handshake, or of what a peer under suspicion says, which must not stand behind those of a thousand members.
     */
    default <T> void submitFirst(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        submit(work, done);
    }

    /** One or the other. */
    default <T> void submit(boolean first, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
        if (first) {
            submitFirst(work, done);
        } else {
            submit(work, done);
        }
    }
}
