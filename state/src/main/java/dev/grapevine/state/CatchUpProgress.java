package dev.grapevine.state;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a channel that is catching up has come.
 *
 * @param height durable blocks
 * @param target blocks that the others have, as far as we believe them
 * @param blocksPerSecond made durable lately
 * @param bytesPerSecond of these blocks
 */
public record CatchUpProgress(long height, long target, double blocksPerSecond, double bytesPerSecond) {
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    /** Blocks still to come. */
    public long left() {
        return Long.compareUnsigned(target, height) > 0 ? target - height : 0;
    }

    /** Time left at the present rate; empty when nothing moves, or not within a year. */
    public Optional<Duration> timeLeft() {
        double seconds = Math.max(0, (double) left()) / blocksPerSecond;
        return seconds < LONGEST_SECONDS ? Optional.of(Duration.ofMillis((long) (seconds * 1000))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "at %s of %s, %.0f blocks/s, %.1f MB/s%s"
                .formatted(
                        Long.toUnsignedString(height),
                        Long.toUnsignedString(target),
                        blocksPerSecond,
                        bytesPerSecond / 1e6,
                        timeLeft()
                                .map(left -> ", about " + Math.max(1, left.toSeconds()) + " s left")
                                .orElse(""));
    }
}
