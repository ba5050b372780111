package dev.grapevine.proto;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was refused (metric {@code gossip_rejected}, by reason) and says so in the log, at most once in ten seconds
 * for each reason, so that no sender can fill the disk. On the loop only.
 */
public final class RejectionLog {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(RejectionLog.class);
    private final Scheduler scheduler;
    private final Meters meters;
    private final Map<String, Silence> byReason = new HashMap<>();
    private BiConsumer<Object, Rejection> observer = (from, why) -> {};

    private static final class Silence {
        private long until = Long.MIN_VALUE;
        private long suppressed;
    }

    public RejectionLog(Scheduler scheduler, Meters meters) {
        this.scheduler = scheduler;
        this.meters = meters;
    }

    /** Shows every refusal to somebody. */
    public void observe(BiConsumer<Object, Rejection> newObserver) {
        observer = newObserver;
    }

    /**
     * Records one refusal.
     *
     * @param from who is to blame, for the log: a PKI-ID, an address
     */
    public void report(Object from, Rejection why) {
        meters.counter("gossip_rejected", "reason", why.reason()).increment();
        observer.accept(from, why);
        Silence silence = byReason.computeIfAbsent(why.reason(), unknown -> new Silence());
        long now = scheduler.nanoTime();
        if (silence.until != Long.MIN_VALUE && now - silence.until < 0) {
            silence.suppressed++;
            return;
        }
        log.warn(
                "refused from {}: {}{}",
                from,
                why,
                silence.suppressed > 0 ? " (and " + silence.suppressed + " more)" : "");
        silence.until = now + QUIET.toNanos();
        silence.suppressed = 0;
    }
}
