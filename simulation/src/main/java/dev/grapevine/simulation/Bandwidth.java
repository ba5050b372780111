package dev.grapevine.simulation;

import dev.grapevine.simulation.scenario.NetworkConditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long frames take to be put on a wire and taken off it, and wait for those before them. Each node sends one large frame
 * after the other and receives one after the other; what fits into one packet slips in between and waits for nobody, as fair
 * queues let it, but still takes its share.
 */
public final class Bandwidth {
    private static final int PACKET = 1_500;
    private static final double BITS = 8;
    private static final double NANOS = 1e9;
    private final double nodeRate;
    private final double linkRate;
    private final List<BusyLinks> links = new ArrayList<>();

    private long[] sending = new long[1024];
    private long[] receiving = new long[1024];

    public Bandwidth(NetworkConditions conditions) {
        this.nodeRate = conditions.nodeBandwidth() / BITS / NANOS;
        this.linkRate = conditions.linkBandwidth() / BITS / NANOS;
    }

    public boolean isBounded() {
        return nodeRate > 0;
    }

    /** Makes room for nodes up to this number. What then happens on one node's wire touches nothing of another's. */
    public void reach(int node) {
        sending = reaching(sending, node);
        receiving = reaching(receiving, node);
        while (links.size() <= node) {
            links.add(new BusyLinks());
        }
    }

    /** Nanoseconds until the last byte has left the node and passed the link, latency apart. */
    public long sending(int from, int to, int bytes, long now) {
        long left = now;
        if (nodeRate > 0) {
            left = queue(sending, from, (long) (bytes / nodeRate), bytes, now);
        }
        if (linkRate <= 0) {
            return left - now;
        }
        long time = (long) (bytes / linkRate);
        if (bytes <= PACKET) {
            return left + time - now;
        }
        // A link no faster than its node passes on what comes as it comes; only what else is on the link delays it.
        BusyLinks busy = links.get(from);
        long begin = Math.max(left - (nodeRate > 0 ? (long) (bytes / nodeRate) : 0), busy.busyUntil(to));
        long done = Math.max(left, begin + time);
        busy.occupy(to, done, now);
        return done - now;
    }

    /** Nanoseconds that so many bytes take on a node's wire when nothing else is on it. */
    public long transmission(int bytes) {
        return nodeRate > 0 ? (long) (bytes / nodeRate) : 0;
    }

    /**
     * Takes from both nodes' wires the share of packets that slip in between, without asking when they arrive.
     *
     * @param transmission time they take on either wire
     */
    public void share(int from, int to, long transmission, long now) {
        if (transmission > 0) {
            sending[from] = Math.max(now, sending[from]) + transmission;
            receiving[to] = Math.max(now - transmission, receiving[to]) + transmission;
        }
    }

    /**
     * Nanoseconds until the receiver has it all. Its last byte is there already: a node that receives nothing else as fast as
     * its own wire took it in while it came.
     */
    public long receiving(int to, int bytes, long now) {
        if (nodeRate <= 0) {
            return 0;
        }
        long time = (long) (bytes / nodeRate);
        long begin = Math.max(now - time, receiving[to]);
        receiving[to] = begin + time;
        return bytes <= PACKET ? 0 : Math.max(0, receiving[to] - now);
    }

    private static long queue(long[] free, int node, long time, int bytes, long now) {
        free[node] = Math.max(now, free[node]) + time;
        return bytes <= PACKET ? now + time : free[node];
    }

    private static long[] reaching(long[] table, int index) {
        return index < table.length ? table : Arrays.copyOf(table, Math.max(2 * table.length, index + 1));
    }
}
