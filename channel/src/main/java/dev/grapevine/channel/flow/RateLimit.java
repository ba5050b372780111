package dev.grapevine.channel.flow;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each peer, for requests whose answers are large (Fabric has no such limit, so a small request there
 * fetches a snapshot of everything as often as the sender likes).
 */
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Scheduler scheduler;
    private final double perSecond;
    private final int burst;
    private final Map<PkiId, Bucket> buckets;

    private static final class Bucket {
        private double tokens;
        private long filledAt;

        Bucket(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    /**
     * @param perSecond how many requests a peer may make in the long run
     * @param burst how many it may make at once after a pause
     * @param maxPeers how many peers are remembered; the one that asked least recently is forgotten first
     */
    public RateLimit(Scheduler scheduler, double perSecond, int burst, int maxPeers) {
        this.scheduler = scheduler;
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<PkiId, Bucket> eldest) {
                return size() > maxPeers;
            }
        };
    }

    /** Whether one more request of this peer is within its rate; counts it if so. */
    public boolean allows(PkiId peer) {
        long now = scheduler.nanoTime();
        Bucket bucket = buckets.computeIfAbsent(peer, unknown -> new Bucket(burst, now));
        bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.filledAt) / NANOS_PER_SECOND * perSecond);
        bucket.filledAt = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    /** How many peers are remembered. */
    public int peers() {
        return buckets.size();
    }
}
