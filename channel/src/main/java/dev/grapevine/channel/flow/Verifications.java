package dev.grapevine.channel.flow;

import dev.grapevine.proto.time.Workers;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that run on the workers, bounded by the bytes they are about. When the bound is reached further checks are refused:
 * what a peer sent then counts as lost, and the pull brings it again.
 */
public final class Verifications {
    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

    /** What the smallest check counts, so that many tiny messages cannot queue without end. */
    private static final long MIN_CHARGE_BYTES = 4096;

    private final Workers workers;
    private final long maxBytes;
    private long bytesInFlight;

    /** @param maxBytes bound on the bytes under verification; one check alone may exceed it */
    public Verifications(Workers workers, long maxBytes) {
        this.workers = workers;
        this.maxBytes = maxBytes;
    }

    /**
     * Runs {@code check} on a worker and {@code done} on the loop with what it found.
     *
     * @param bytes what the check is about
     * @param onFault what counts as found when the check itself fails, which is our fault and logged as such
     * @return false if too much is under way; then neither runs
     */
    public <T> boolean submit(long bytes, Callable<T> check, T onFault, Consumer<T> done) {
        return start(bytes, answer -> workers.submit(check, answer), onFault, done);
    }

    /** As the other, of a check that somebody else has run: {@code check} is given whom to tell, on the loop, what came of it. */
    public <T> boolean start(
            long bytes, Consumer<BiConsumer<@Nullable T, @Nullable Throwable>> check, T onFault, Consumer<T> done) {
        long charge = Math.max(bytes, MIN_CHARGE_BYTES);
        if (bytesInFlight > 0 && bytesInFlight + charge > maxBytes) {
            return false;
        }
        bytesInFlight += charge;
        check.accept((found, fault) -> {
            bytesInFlight -= charge;
            if (fault != null) {
                LOG.error("a verification failed of itself; what it was about counts as refused", fault);
            }
            done.accept(found == null ? onFault : found);
        });
        return true;
    }

    /** Bytes of what is being verified at the moment. */
    public long bytesInFlight() {
        return bytesInFlight;
    }
}
