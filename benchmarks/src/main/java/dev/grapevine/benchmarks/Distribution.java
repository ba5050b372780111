package dev.grapevine.benchmarks;

import java.util.Arrays;

/** Some observations, in order. Percentiles by nearest rank. */
final class Distribution {
    private final double[] sorted;

    /** @param observations at least one */
    Distribution(double... observations) {
        this.sorted = observations.clone();
        Arrays.sort(sorted);
    }

    /** The smallest observation that so many of a hundred do not exceed. */
    double percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    double max() {
        return percentile(100);
    }
}
