package dev.grapevine.simulation;

import dev.grapevine.simulation.scenario.NetworkConditions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How long frames take to be put on a wire and taken off it, and wait for those before them. Each node sends one large frame
 * after the other and receives one after the other; what fits into one packet slips in between and waits for nobody, as fair
 * queues let it, but still takes its share.
 */
public final class Bandwidth {
    private static final int PACKET = 1_500;
    private static final double BITS = 8;
    private static final double NANOS = 1e9;
    /** Makes keys of links that differ in the bits a hash is made of. */
    private static final long MOST_NODES = 1_000_003;

    private static final int FEW_LINKS = 1 << 16;

    private final double nodeRate;
    private final double linkRate;
    private final Map<Long, Long> links = new HashMap<>();
    private long[] sending = new long[1024];
    private long[] receiving = new long[1024];
    private int manyLinks = FEW_LINKS;

    public Bandwidth(NetworkConditions conditions) {
        this.nodeRate = conditions.nodeBandwidth() / BITS / NANOS;
        this.linkRate = conditions.linkBandwidth() / BITS / NANOS;
    }

    public boolean isBounded() {
        return nodeRate > 0;
    }

    /** Nanoseconds until the last byte has left the node and passed the link, latency apart. */
    public long sending(int from, int to, int bytes, long now) {
        long left = now;
        if (nodeRate > 0) {
            sending = reaching(sending, from);
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
        long key = from * MOST_NODES + to;
        long begin = Math.max(left - (nodeRate > 0 ? (long) (bytes / nodeRate) : 0), links.getOrDefault(key, 0L));
        long done = Math.max(left, begin + time);
        links.put(key, done);
        forgetIdleLinks(now);
        return done - now;
    }

    /** A link that has been idle delays nothing; between thousands of nodes there are millions of them. */
    private void forgetIdleLinks(long now) {
        if (links.size() > manyLinks) {
            links.values().removeIf(done -> done <= now);
            manyLinks = Math.max(FEW_LINKS, 2 * links.size());
        }
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
            sending = reaching(sending, from);
            receiving = reaching(receiving, to);
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
        receiving = reaching(receiving, to);
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
