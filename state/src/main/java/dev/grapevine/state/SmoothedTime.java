package dev.grapevine.state;

/**
 * A time that is measured again and again: its smoothed mean, and a bound that few measurements exceed (the retransmission timer
 * of RFC 6298: mean plus four times the mean deviation).
 */
final class SmoothedTime {
    private boolean known;
    private long mean;
    private long deviation;

    /** Takes a measurement, in nanoseconds. */
    void sample(long nanos) {
        if (known) {
            deviation += (Math.abs(mean - nanos) - deviation) / 4;
            mean += (nanos - mean) / 8;
        } else {
            known = true;
            mean = nanos;
            deviation = nanos / 2;
        }
    }

    /** Whether anything was measured. */
    boolean isKnown() {
        return known;
    }

    /** The smoothed mean in nanoseconds; 0 before the first measurement. */
    long mean() {
        return mean;
    }

    /** Nanoseconds that are rarely exceeded; 0 before the first measurement. */
    long bound() {
        return mean + 4 * deviation;
    }
}
