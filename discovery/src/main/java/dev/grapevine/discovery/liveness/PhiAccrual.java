package dev.grapevine.discovery.liveness;

/**
 * How much a silence speaks against one peer (Hayashibara, Defago, Yared and Katayama, "The phi accrual failure detector",
 * SRDS 2004): {@code phi = -log10(P(a heartbeat comes later than now))}, with the intervals between heartbeats taken as
 * normally distributed. So phi 1 is wrong one time in ten, phi 8 one time in a hundred million, if the past is a guide.
 */
public final class PhiAccrual {
    /** Intervals that are remembered at most, as in the paper. */
    private static final int WINDOW = 1_000;

    /** Before there are as many intervals, the expected one is counted in. */
    private static final int FIRST = 4;

    private final double least;
    private final double[] intervals = new double[WINDOW];
    private int count;
    private double sum;
    private double squares;
    private long last;

    /**
     * @param expected interval between heartbeats, in nanoseconds; assumed until there are measured ones, with a deviation
     *     of a quarter
     * @param least standard deviation that is assumed, in nanoseconds; keeps very regular heartbeats from making a short
     *     pause suspicious
     */
    public PhiAccrual(double expected, double least, long now) {
        this.least = least;
        this.last = now;
        for (int i = 0; i < FIRST; i++) {
            record(expected * (i % 2 == 0 ? 0.75 : 1.25));
        }
    }

    /** A heartbeat has come. */
    public void heard(long now) {
        record((double) (now - last));
        last = now;
    }

    private void record(double interval) {
        int place = count % WINDOW;
        if (count >= WINDOW) {
            sum -= intervals[place];
            squares -= intervals[place] * intervals[place];
        }
        intervals[place] = interval;
        sum += interval;
        squares += interval * interval;
        count++;
    }

    /** The suspicion at this moment; 0 for none, and never more than 300. */
    public double phi(long now) {
        int held = Math.min(count, WINDOW);
        double mean = sum / held;
        double deviation = Math.max(least, Math.sqrt(Math.max(0, squares / held - mean * mean)));
        return -Math.log10(Math.max(1e-300, later((now - last - mean) / deviation)));
    }

    /** The normal distribution's upper tail by a logistic approximation, whose error is below 0.00014 (Bowling, 2009). */
    private static double later(double y) {
        double e = Math.exp(-y * (1.5976 + 0.070566 * y * y));
        return y > 0 ? e / (1 + e) : 1 - 1 / (1 + e);
    }
}
