package dev.grapevine.simulation.run;

import java.time.Duration;
import java.util.List;

/**
 * What a simulation has shown.
 *
 * @param scenario its name
 * @param baseline what all peers were in place of what the scenario says
 * @param simulated virtual time that passed altogether
 * @param joined time from the first start until all peers knew each other
 * @param blocks that were ordered
 * @param deliver from ordered to durable, over all blocks and peers
 * @param lastPeer from ordered to durable at the last peer, over all blocks
 * @param recovery from the end of a fault until a peer it had hit had everything
 * @param amplification bytes sent in frames that carry blocks, for each byte of the blocks and peer that needs them
 * @param totalAmplification the same of all bytes sent
 * @param idle traffic before the first block, of a peer in a second
 * @param loaded traffic while blocks were ordered, of a peer in a second
 * @param fairness what the busiest peer sent, over the mean
 * @param detection from the beginning of a fault until another peer took its victim for dead
 * @param falseAlarms how often a peer took one for dead that was not
 * @param doubted how many peers were taken for dead by somebody though they were not
 * @param blamed how often honest peers refused something of Byzantine ones
 * @param violations of what must always hold; empty if all is well
 * @param traceHash of everything that arrived; equal for equal runs
 * @param plots what the report draws
 */
public record Outcome(
        String scenario,
        int peers,
        long seed,
        Baseline baseline,
        Duration simulated,
        Duration joined,
        int blocks,
        Percentiles deliver,
        Percentiles lastPeer,
        Percentiles recovery,
        double amplification,
        double totalAmplification,
        Rate idle,
        Rate loaded,
        double fairness,
        Percentiles detection,
        long falseAlarms,
        int doubted,
        long blamed,
        List<String> violations,
        String traceHash,
        Plots plots) {
    /**
     * What one peer does in one second.
     *
     * @param bytes sent
     * @param messages sent
     * @param events handled: frames that arrive, timers, work that is done
     */
    public record Rate(double bytes, double messages, double events) {}

    /**
     * What is drawn.
     *
     * @param times from ordered to durable, of all blocks and peers, in nanoseconds
     * @param lastTimes from ordered to durable at the last peer, block by block, in nanoseconds
     * @param sent bytes that each peer sent while blocks were ordered, ascending
     * @param length time in which blocks were ordered
     */
    public record Plots(
            List<Long> times, List<Long> lastTimes, List<Long> sent, List<Incident> incidents, Duration length) {}

    public boolean isSound() {
        return violations.isEmpty();
    }
}
