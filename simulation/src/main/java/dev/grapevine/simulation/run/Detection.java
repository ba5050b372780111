package dev.grapevine.simulation.run;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How soon peers that are gone are taken for dead, and how often peers that are not. While a peer is gone or coming back,
 * whatever it or others believe of each other is no false alarm.
 *
 * @param <P> an honest peer
 */
final class Detection<P> {
    private record Notice<P>(P by, P whom, long goneSince) {}

    private final Supplier<Duration> clock;
    private final Disturbed<P> disturbed;
    private final Set<Notice<P>> noticed = new HashSet<>();
    private final Set<P> doubted = new HashSet<>();
    private final Times times = new Times();
    private long falseAlarms;
    private long since = Long.MAX_VALUE;

    Detection(Supplier<Duration> clock, Disturbed<P> disturbed) {
        this.clock = clock;
        this.disturbed = disturbed;
    }

    /** Counts from now on. */
    void begin() {
        since = clock.get().toNanos();
    }

    /** One peer has taken another for dead. */
    void buried(P by, P whom) {
        if (clock.get().toNanos() < since || disturbed.isDisturbed(by)) {
            return;
        }
        Optional<Long> gone = disturbed.goneSince(whom);
        if (gone.isPresent()) {
            // Old news may bring a dead peer back for a while, and it is taken for dead again.
            if (noticed.add(new Notice<>(by, whom, gone.get()))) {
                times.add(clock.get().toNanos() - gone.get());
            }
        } else if (!disturbed.isDisturbed(whom)) {
            falseAlarms++;
            doubted.add(whom);
        }
    }

    /** From the beginning of a fault until one of the others took a peer for dead, over all pairs that did. */
    Percentiles times() {
        return Percentiles.ofNanos(times.toArray());
    }

    /** How often a peer took one for dead that was not. */
    long falseAlarms() {
        return falseAlarms;
    }

    /** How many peers were taken for dead by somebody though they were not. */
    int doubted() {
        return doubted.size();
    }
}
