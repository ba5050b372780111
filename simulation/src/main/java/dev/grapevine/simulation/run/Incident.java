package dev.grapevine.simulation.run;

import java.time.Duration;

/**
 * A fault that happened, for the report.
 *
 * @param what for people
 * @param from since the first block was ordered
 * @param until as {@code from}
 */
public record Incident(String what, Duration from, Duration until) {}
