package dev.grapevine.simulation;

import dev.grapevine.simulation.scenario.NetworkConditions;
import java.util.random.RandomGenerator;

/** How long a frame is under way between two nodes, bandwidth apart: the latency of their regions, and jitter. */
public final class Propagation {
    private final int regions;
    private final long latency;
    private final long regionLatency;
    private final long jitter;

    public Propagation(NetworkConditions conditions) {
        this.regions = conditions.regions();
        this.latency = conditions.latency().toNanos();
        this.regionLatency = conditions.regionLatency().toNanos();
        this.jitter = conditions.jitter().toNanos();
    }

    /** In nanoseconds. */
    public long nanos(int from, int to, RandomGenerator random) {
        return jitter == 0 ? mean(from, to) : nanos(from, to, random.nextDouble());
    }

    /**
     * As the other.
     *
     * @param chance from 0 to 1, which decides the jitter
     */
    public long nanos(int from, int to, double chance) {
        return mean(from, to) + (long) ((2 * chance - 1) * jitter);
    }

    /** The longest it can take, in nanoseconds. */
    public long most() {
        return Math.max(latency, regions / 2 * regionLatency) + jitter;
    }

    /** The shortest it can take, in nanoseconds. */
    public long least() {
        return Math.max(0, (regions == 1 ? latency : Math.min(latency, regionLatency)) - jitter);
    }

    /** Without jitter, in nanoseconds; regions lie on a ring. */
    public long mean(int from, int to) {
        if (regions == 1) {
            return latency;
        }
        int across = Math.abs(from % regions - to % regions);
        int hops = Math.min(across, regions - across);
        return hops == 0 ? latency : hops * regionLatency;
    }
}
