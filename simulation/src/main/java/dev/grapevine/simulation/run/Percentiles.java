package dev.grapevine.simulation.run;

import java.util.Arrays;

/**
 * What a set of times looks like, in milliseconds; all zero if there is none.
 *
 * @param count how many there are
 */
public record Percentiles(int count, double p50, double p90, double p99, double max, double mean) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Percentiles ofNanos(long... times) {
        if (times.length == 0) {
            return new Percentiles(0, 0, 0, 0, 0, 0);
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length,
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 1),
                Arrays.stream(sorted).average().orElse(0) / NANOS_PER_MILLI);
    }

    /** The smallest time that this share of all does not exceed. */
    private static double at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
    }
}
