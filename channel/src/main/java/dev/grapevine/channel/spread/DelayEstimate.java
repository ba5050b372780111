package dev.grapevine.channel.spread;

import java.time.Duration;

/** How long something usually takes, and from when on it is late: mean plus four deviations, as TCP does (RFC 6298). */
final class DelayEstimate {
    private static final int DEVIATIONS = 4;
    private static final int MEAN_WEIGHT = 8;
    private static final int DEVIATION_WEIGHT = 4;

    private final long least;
    private final long most;
    private long mean;
    private long deviation;

    /**
     * @param initial what counts as late before anything was observed
     * @param least what never counts as late
     * @param most what always does
     */
    DelayEstimate(Duration initial, Duration least, Duration most) {
        this.least = least.toNanos();
        this.most = most.toNanos();
        this.mean = initial.toNanos() / 3;
        this.deviation = mean / 2;
    }

    /** One delay, in nanoseconds; more than the most counts as the most, so that no liar can stretch it without end. */
    void observe(long nanos) {
        long seen = Math.min(nanos, most);
        deviation += (Math.abs(seen - mean) - deviation) / DEVIATION_WEIGHT;
        mean += (seen - mean) / MEAN_WEIGHT;
    }

    /** After this it is late. */
    Duration late() {
        return Duration.ofNanos(Math.max(least, Math.min(most, mean + DEVIATIONS * deviation)));
    }
}
