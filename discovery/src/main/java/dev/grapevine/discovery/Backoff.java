package dev.grapevine.discovery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: one second, doubled each time up to a limit, each shortened by up to a half at random. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 20;

    private final Duration longest;

    Backoff(Duration longest) {
        this.longest = longest;
    }

    /** The pause after the {@code failures}-th failure in a row. */
    Duration after(int failures, RandomGenerator random) {
        long doubled = FIRST.toNanos() << Math.min(Math.max(0, failures - 1), MAX_DOUBLINGS);
        long pause = Math.min(doubled, longest.toNanos());
        return Duration.ofNanos(pause / 2 + random.nextLong(pause / 2 + 1));
    }
}
