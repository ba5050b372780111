package dev.grapevine.simulation.run;

import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Sums and ratios of a run. */
final class Figures {
    private static final double NANOS = 1e9;

    private final Scenario scenario;
    private final int peers;
    private final Delivery<?> delivery;

    Figures(Scenario scenario, int peers, Delivery<?> delivery) {
        this.scenario = scenario;
        this.peers = peers;
        this.delivery = delivery;
    }

    /**
     * Everything that a run has shown.
     *
     * @param simulated virtual time that passed
     * @param blamed how often honest peers refused something of Byzantine ones
     */
    Outcome outcome(
            long seed,
            Baseline baseline,
            Duration simulated,
            Course.Marks marks,
            Detection<?> detection,
            long blamed,
            List<String> violations,
            String traceHash,
            List<Incident> incidents) {
        Load idle = marks.idle();
        Load loaded = marks.loaded();
        long[] sent = loaded.perPeer(idle);
        return new Outcome(
                scenario.name(),
                peers,
                seed,
                baseline,
                simulated,
                marks.joined(),
                delivery.blocks(),
                Percentiles.ofNanos(delivery.times()),
                Percentiles.ofNanos(delivery.lastTimes()),
                delivery.recoveries(),
                amplification(loaded.blockBytes() - idle.blockBytes()),
                amplification(loaded.totalBytes() - idle.totalBytes()),
                marks.idle(this),
                rate(idle, loaded, scenario.duration()),
                fairness(sent),
                detection.times(),
                detection.falseAlarms(),
                detection.doubted(),
                blamed,
                violations,
                traceHash,
                plots(sent, incidents));
    }

    /** Bytes for each byte of a block and each peer but the one that has it from the ordering service. */
    private double amplification(long bytes) {
        double needed = (double) delivery.blocks() * scenario.blocks().bytes() * (peers - organisations());
        return needed == 0 ? 0 : bytes / needed;
    }

    private int organisations() {
        return scenario.peers().organisations();
    }

    Outcome.Rate rate(Load from, Load to, Duration time) {
        double seconds = time.toNanos() / NANOS * to.bytes().size();
        return new Outcome.Rate(
                Math.max(0, to.totalBytes() - from.totalBytes()) / seconds,
                Math.max(0, to.frames() - from.frames()) / seconds,
                (to.events() - from.events()) / seconds);
    }

    private static double fairness(long... sent) {
        double mean = Arrays.stream(sent).average().orElse(0);
        return mean == 0 ? 0 : Arrays.stream(sent).max().orElse(0) / mean;
    }

    private Outcome.Plots plots(long[] sent, List<Incident> incidents) {
        return new Outcome.Plots(
                boxed(delivery.times()), boxed(delivery.lastTimes()), boxed(sent), incidents, scenario.duration());
    }

    private static List<Long> boxed(long... values) {
        return LongStream.of(values).boxed().toList();
    }
}
