package dev.grapevine.simulation;

import java.time.Duration;

/**
 * What is particular to one peer's machine.
 *
 * @param clockSkew its wall clock is so far off
 * @param clockDrift its clocks run so many millionths fast
 * @param task what each task costs its loop
 * @param verification what each piece of work costs a worker
 * @param workers how many it has; 0: one for each piece
 */
public record Traits(Duration clockSkew, double clockDrift, Duration task, Duration verification, int workers) {
    /** A machine that takes no time for anything and has the right time. */
    public static final Traits PERFECT = new Traits(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, 0);
}
