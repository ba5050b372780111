package dev.grapevine.state;

import java.time.Duration;
import java.util.Optional;

/**
 * The ordering service's stream as one more source of blocks. It brings them in order from where it began, so it has a claim on
 * the next ones, about as many as it brings in a quarter of a second; others are asked for what is beyond. When a block that
 * exists does not come for a while the claim is void until the stream moves again.
 */
final class OrdererLane {
    private static final long SLICE = Duration.ofMillis(250).toNanos();
    private static final long PATIENCE = Duration.ofMillis(500).toNanos();
    private static final int LEAST = 16;
    private static final int MOST = 1024;

    private final SmoothedTime interval = new SmoothedTime();
    private boolean open;
    private long position;
    private long movedAt;
    private boolean wanted;
    private long wantedSince;

    /** A stream begins with this block. */
    void begin(long first, long now) {
        open = true;
        position = first;
        movedAt = now;
        wanted = false;
    }

    /** The stream is over. */
    void end() {
        open = false;
    }

    /** The stream has brought this block. */
    void brought(long number, long now) {
        interval.sample(now - movedAt);
        position = number + 1;
        movedAt = now;
        wanted = false;
    }

    /** The blocks nobody else need be asked for. Blocks below {@code limit} are known to exist. */
    Optional<BlockRange> claim(long limit, long now) {
        if (open && !wanted && Long.compareUnsigned(limit, position) > 0) {
            wanted = true;
            wantedSince = now;
        }
        return open && !isLate(now) ? Optional.of(new BlockRange(position, position + length() - 1)) : Optional.empty();
    }

    private boolean isLate(long now) {
        return wanted && now - wantedSince >= PATIENCE;
    }

    private long length() {
        return interval.isKnown() ? Math.max(LEAST, Math.min(MOST, SLICE / Math.max(1, interval.mean()))) : LEAST;
    }

    /** Nanoseconds until the claim is void unless the stream moves; empty when nothing is waited for. */
    Optional<Long> untilLate(long now) {
        return open && wanted && !isLate(now) ? Optional.of(PATIENCE - (now - wantedSince)) : Optional.empty();
    }

    /** Whether the stream will not bring this block, because it is past it. */
    boolean isBeyond(long number) {
        return open && Long.compareUnsigned(position, number) > 0;
    }
}
