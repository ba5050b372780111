package dev.grapevine.state;

import java.time.Duration;

/**
 * How long a block that was noticed to be missing may still be on its way by push: as long as such blocks have usually taken, but
 * never longer than it would take to fetch it, one round trip.
 */
final class PushDelay {
    /** A peer may keep a block this long before it pushes it on ({@code maxPropagationBurstLatency}), and so may the next. */
    private static final long LEAST_ROUND_TRIP = Duration.ofMillis(20).toNanos();

    /** Taken for a round trip before one was measured. */
    private static final long FIRST_GUESS = Duration.ofMillis(50).toNanos();

    /** Without a pushed block for this time, what is far away does not come by push. */
    private static final long SILENCE = Duration.ofSeconds(2).toNanos();

    private final SmoothedTime afterNotice = new SmoothedTime();
    private final SmoothedTime roundTrip = new SmoothedTime();
    private boolean receiving;
    private long lastPush;

    /** A pushed block has come. */
    void pushed(long now) {
        receiving = true;
        lastPush = now;
    }

    /** It had been noticed to be missing this many nanoseconds before. */
    void pushedAfter(long nanos) {
        afterNotice.sample(nanos);
    }

    /** A peer took this long, in nanoseconds, to answer a short request. */
    void answeredIn(long nanos) {
        roundTrip.sample(nanos);
    }

    /** Whether blocks have come by push lately. */
    boolean isReceiving(long now) {
        return receiving && now - lastPush < SILENCE;
    }

    /** Nanoseconds to wait for a push before asking. */
    long patience() {
        long trip = roundTrip.isKnown() ? Math.max(LEAST_ROUND_TRIP, roundTrip.mean()) : FIRST_GUESS;
        return afterNotice.isKnown() ? Math.min(trip, afterNotice.bound()) : trip;
    }
}
