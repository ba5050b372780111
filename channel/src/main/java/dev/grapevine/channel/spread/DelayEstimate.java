package dev.grapevine.channel.spread;

import java.time.Duration;

/**
 * How long something usually takes, and from when on it is late: the mean plus some deviations, both estimated as TCP does (RFC
 * 6298). TCP takes four deviations, as a segment sent again for nothing is dear.
 */
final class DelayEstimate {
    private static final int MEAN_WEIGHT = 8;
    private static final int DEVIATION_WEIGHT = 4;

    private final int deviations;
    private final long least;
    private final long most;
    private long mean;
    private long deviation;

    /**
     * @param deviations above the mean from which on it is late; the fewer, the more often that is wrong
     * @param initial what counts as late before anything was observed
     * @param least what never counts as late
     * @param most what always does
     */
    DelayEstimate(int deviations, Duration initial, Duration least, Duration most) {
        this.deviations = deviations;
        this.least = least.toNanos();
        this.most = most.toNanos();
        this.mean = initial.toNanos() / 3;
        this.deviation = (initial.toNanos() - mean) / deviations;
    }

    /** One delay, in nanoseconds; more than the most counts as the most, so that no liar can stretch it without end. */
    void observe(long nanos) {
        long seen = Math.min(nanos, most);
        deviation += (Math.abs(seen - mean) - deviation) / DEVIATION_WEIGHT;
        mean += (seen - mean) / MEAN_WEIGHT;
    }

    /** After this it is late. */
    Duration late() {
        return Duration.ofNanos(Math.max(least, Math.min(most, mean + deviations * deviation)));
    }
}
