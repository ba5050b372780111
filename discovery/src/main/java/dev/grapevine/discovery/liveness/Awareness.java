package dev.grapevine.discovery.liveness;

import java.time.Duration;

/**
 * How far we doubt ourselves (Lifeguard's local health multiplier). A peer that is slow or badly connected finds everybody
 * else failing; with each probe that goes wrong in a way that points at us the score rises, and our probes get more
 * patient, with each that goes right it falls.
 */
final class Awareness {
    private final int maximum;
    private int score;

    /** @param maximum of the multiplier, at least 1 */
    Awareness(int maximum) {
        this.maximum = maximum;
    }

    void adjust(int delta) {
        score = Math.max(0, Math.min(maximum - 1, score + delta));
    }

    /** 0 for a peer that has no reason for doubt. */
    int score() {
        return score;
    }

    /** The duration as it is for us now. */
    Duration stretch(Duration normal) {
        return normal.multipliedBy(score + 1L);
    }
}
