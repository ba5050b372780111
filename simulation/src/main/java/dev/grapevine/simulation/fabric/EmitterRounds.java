package dev.grapevine.simulation.fabric;

import java.util.SplittableRandom;

/**
 * When a peer's emitter sends what it has gathered: every 10 ms, each peer at moments of its own, and sooner where ten messages
 * have gathered. How soon that is follows from the messages that were new to peers in the last second; who else waits in one
 * round is not kept.
 */
final class EmitterRounds {
    private static final long SECOND = 1_000_000_000;

    private final long[] phases;
    private long gathered;
    private long period = FabricTimers.BURST_LATENCY;

    EmitterRounds(int size, SplittableRandom random) {
        this.phases = random.longs(size, 0, FabricTimers.BURST_LATENCY).toArray();
    }

    /** A peer gathers a message at a moment; returns when it is sent. */
    long next(int peer, long moment) {
        gathered++;
        return moment + period - (moment + phases[peer]) % period;
    }

    /** Another second has passed in which so many peers ran. */
    void adapt(int running) {
        long full = running * SECOND * FabricLimits.BURST / Math.max(1, gathered);
        period = Math.max(1, Math.min(FabricTimers.BURST_LATENCY, full));
        gathered = 0;
    }

    long period() {
        return period;
    }
}
