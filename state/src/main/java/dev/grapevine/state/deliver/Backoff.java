package dev.grapevine.state.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th failure in a row: a random part of {@code minimum * 1.2^(n-1)}, capped. The full jitter keeps
 * the peers of a network from coming back to an ordering node all at once; Fabric has none.
 */
final class Backoff {
    private static final double GROWTH = 1.2;

    private final DeliverConfig config;
    private int failures;
    private Duration waited = Duration.ZERO;

    Backoff(DeliverConfig config) {
        this.config = config;
    }

    /** Counts a failure and says how long to wait before the next attempt. */
    Duration afterFailure(RandomGenerator random) {
        failures++;
        double cap = config.reconnectBackoffThreshold().toNanos();
        double longest = Math.min(cap, config.minimalReconnectInterval().toNanos() * Math.pow(GROWTH, failures - 1.0));
        Duration wait = Duration.ofNanos((long) (longest * random.nextDouble()));
        waited = waited.plus(wait);
        return wait;
    }

    /** Failures since the last success. */
    int failures() {
        return failures;
    }

    /**
     * Whether more time than the total threshold was spent waiting since the last success; asking begins the count anew.
     */
    boolean isExhausted() {
        if (waited.compareTo(config.reconnectTotalTimeThreshold()) <= 0) {
            return false;
        }
        waited = Duration.ZERO;
        return true;
    }

    /** Everything starts afresh (Fabric v2.5 never resets the total, so that short troubles of a year add up). */
    void reset() {
        failures = 0;
        waited = Duration.ZERO;
    }
}
