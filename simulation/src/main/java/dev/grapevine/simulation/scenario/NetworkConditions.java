package dev.grapevine.simulation.scenario;

import java.time.Duration;

/**
 * The links between the peers.
 *
 * @param latency mean time a frame is under way between two peers of one region
 * @param jitter each frame takes up to so much less or more, uniformly; at most the latency
 * @param regions so many regions, the peers dealt out one by one
 * @param regionLatency mean time between neighbouring regions; regions further apart (on a ring) take a multiple of it
 * @param nodeBandwidth bits a second that a peer can send, and as many that it can receive; 0 is without bound
 * @param linkBandwidth bits a second between any two peers; 0 is without bound
 * @param loss share of the envelopes that vanish after the handshake
 * @param duplication share that arrives twice
 * @param reordering share that later ones of the same stream overtake
 */
public record NetworkConditions(
        Duration latency,
        Duration jitter,
        int regions,
        Duration regionLatency,
        double nodeBandwidth,
        double linkBandwidth,
        double loss,
        double duplication,
        double reordering) {
    private static final int MOST_REGIONS = 64;

    /** A local network without bounds or faults. */
    public static NetworkConditions lan(Duration latency, Duration jitter) {
        return new NetworkConditions(latency, jitter, 1, latency, 0, 0, 0, 0, 0);
    }

    static NetworkConditions read(Section section) throws ScenarioException {
        Duration latency = section.duration("latency", Duration.ofMillis(1));
        Duration jitter = section.duration("jitter", Duration.ZERO);
        if (jitter.compareTo(latency) > 0) {
            throw section.refuse("jitter", "at most the latency, " + section.text("latency", "1ms"));
        }
        NetworkConditions read = new NetworkConditions(
                latency,
                jitter,
                section.count("regions", 1, 1, MOST_REGIONS),
                section.duration("region-latency", latency),
                section.amount("node-bandwidth", Quantity.RATE),
                section.amount("link-bandwidth", Quantity.RATE),
                section.fraction("loss"),
                section.fraction("duplication"),
                section.fraction("reordering"));
        section.done();
        return read;
    }
}
