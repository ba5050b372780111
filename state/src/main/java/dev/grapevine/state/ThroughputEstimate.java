package dev.grapevine.state;

import java.time.Duration;

/**
 * How fast a source brings blocks, from the answers seen so far. What was measured long ago is forgotten, so that a source which
 * was slow once gets another chance.
 */
final class ThroughputEstimate {
    private static final long MEMORY = Duration.ofSeconds(5).toNanos();

    private double bytesPerNano;
    private long lastAnswer;
    private boolean measured;

    /**
     * An answer has come. It kept the source busy since it was asked for or, if that was later, since the answer before.
     *
     * @param sentAt when it was asked for, monotonic nanoseconds like {@code now}
     */
    void answered(long bytes, long sentAt, long now) {
        long since = measured && lastAnswer - sentAt > 0 ? lastAnswer : sentAt;
        double sample = bytes / (double) Math.max(1, now - since);
        bytesPerNano = isKnown(now) ? bytesPerNano + (sample - bytesPerNano) / 4 : sample;
        lastAnswer = now;
        measured = true;
    }

    /** An answer of about this size is overdue: the source is at most as fast as that. */
    void overdue(long bytes, long sentAt, long now) {
        double most = bytes / (double) Math.max(1, now - sentAt);
        bytesPerNano = isKnown(now) ? Math.min(bytesPerNano, most) : most;
        lastAnswer = now;
        measured = true;
    }

    /** Whether there is a measurement that still counts. */
    boolean isKnown(long now) {
        return measured && now - lastAnswer < MEMORY;
    }

    /** Bytes in a nanosecond; meaningless unless {@link #isKnown}. */
    double bytesPerNano() {
        return bytesPerNano;
    }
}
