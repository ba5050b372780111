package dev.grapevine.state;

import java.time.Duration;

/**
 * How well a peer kept what it announced. Who stays silent rests for up to four seconds before it is asked again, who lies for up
 * to a minute; and of those who do not rest, the ones that failed less are asked first. So an inflated height costs a small
 * message now and then, and bad luck is soon forgiven.
 */
final class Standing {
    /** Failures from which on a peer has to answer one request before it gets another. */
    private static final int DOUBTFUL = 3;

    private static final int MAX_FAILURES = 8;
    private static final int WEIGHT_OF_A_LIE = 3;
    private static final long REST_NANOS = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_AFTER_SILENCE = Duration.ofSeconds(4).toNanos();
    private static final long LONGEST_AFTER_LIES = Duration.ofMinutes(1).toNanos();

    private int failures;
    private long restUntil;

    /** It gave what it was asked for. */
    void delivered() {
        failures = Math.max(0, failures - 1);
    }

    /** It gave nothing, or not in time. */
    void silent(long now) {
        fail(1, LONGEST_AFTER_SILENCE, now);
    }

    /** It gave what was not asked for, or is not true. */
    void lied(long now) {
        fail(WEIGHT_OF_A_LIE, LONGEST_AFTER_LIES, now);
    }

    private void fail(int weight, long longest, long now) {
        failures = Math.min(MAX_FAILURES, failures + weight);
        restUntil = now + Math.min(longest, REST_NANOS << failures);
    }

    boolean rests(long now) {
        return failures > 0 && now - restUntil < 0;
    }

    boolean isDoubtful() {
        return failures >= DOUBTFUL;
    }

    int failures() {
        return failures;
    }
}
