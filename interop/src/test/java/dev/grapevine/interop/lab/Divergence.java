package dev.grapevine.interop.lab;

import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;

/** For how long peers were further apart than they should be. */
public final class Divergence {
    /** As long as a gap may last. */
    public static final Duration BOUND = Duration.ofSeconds(15);

    private static final long NEVER = Long.MIN_VALUE;

    private final long allowed;
    private long since = NEVER;
    private long reference;
    private Duration longest = Duration.ZERO;

    /** @param allowed blocks between the highest and the lowest that do not count */
    public Divergence(long allowed) {
        this.allowed = allowed;
    }

    /**
     * Asks everybody's height. Somebody is apart from the moment the highest has a block until he has it; while blocks keep
     * coming, what counts is the block that was the highest's when he fell behind.
     */
    public void sample(List<? extends LabPeer> peers) {
        LongSummaryStatistics heights =
                peers.stream().mapToLong(LabPeer::height).summaryStatistics();
        long now = System.nanoTime();
        if (since != NEVER && heights.getMin() >= reference - allowed) {
            since = NEVER;
        }
        if (since == NEVER && heights.getMax() - heights.getMin() > allowed) {
            since = now;
            reference = heights.getMax();
        }
        if (since != NEVER) {
            Duration lasting = Duration.ofNanos(now - since);
            longest = lasting.compareTo(longest) > 0 ? lasting : longest;
        }
    }

    /** Begins anew, after somebody was away. */
    public void forget() {
        since = NEVER;
    }

    public Duration longest() {
        return longest;
    }
}
