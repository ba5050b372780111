package dev.grapevine.benchmarks;

import java.util.Arrays;

/** Some observations, in order. Percentiles by nearest rank. */
public final class Distribution {
    private final double[] sorted;

    public Distribution(double... observations) {
        this.sorted = observations.clone();
        Arrays.sort(sorted);
    }

    /** The smallest observation that so many of a hundred do not exceed; not a number if there is none. */
    public double percentile(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    public double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }

    public double min() {
        return sorted.length == 0 ? Double.NaN : sorted[0];
    }

    public double max() {
        return percentile(100);
    }

    /** How many observations there are. */
    public int size() {
        return sorted.length;
    }
}
