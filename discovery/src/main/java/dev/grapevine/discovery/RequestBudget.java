package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many membership requests of one peer are answered: five in a second, ten at once. An answer lists everybody, so
 * without a limit a small request is a cheap way to keep us and our links busy.
 */
final class RequestBudget {
    private static final double BURST = 10;
    private static final double PER_NANO = 5e-9;
    private static final int MAX_PEERS = 10_000;

    private final Map<PkiId, Bucket> buckets = new LinkedHashMap<>();

    private static final class Bucket {
        private double tokens = BURST;
        private long filled;

        Bucket(long now) {
            this.filled = now;
        }
    }

    /** Whether one more request of this peer is to be answered now. */
    boolean take(PkiId peer, long now) {
        Bucket bucket = buckets.computeIfAbsent(peer, stranger -> new Bucket(now));
        if (buckets.size() > MAX_PEERS) {
            removeEldest();
        }
        bucket.tokens = Math.min(BURST, bucket.tokens + (now - bucket.filled) * PER_NANO);
        bucket.filled = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }

    private void removeEldest() {
        Iterator<PkiId> eldest = buckets.keySet().iterator();
        eldest.next();
        eldest.remove();
    }
}
