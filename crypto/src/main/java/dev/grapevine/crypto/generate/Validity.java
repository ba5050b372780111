package dev.grapevine.crypto.generate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when to when certificates are good, both ends included; to the second. */
public record Validity(Instant notBefore, Instant notAfter) {
    private static final Duration DEFAULT_SPAN = Duration.ofDays(3650);
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException if the end is before the start */
    public Validity {
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("certificates valid from " + notBefore + " cannot end at " + notAfter);
        }
    }

    /** As cryptogen chooses it: ten years, starting five minutes ago so that clocks may differ a little. */
    public static Validity startingNow(Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.MINUTES).minus(BACKDATED);
        return new Validity(start, start.plus(DEFAULT_SPAN));
    }
}
