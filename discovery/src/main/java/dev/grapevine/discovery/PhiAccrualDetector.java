package dev.grapevine.discovery;

import dev.grapevine.discovery.liveness.PhiAccrual;
import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fails whoever has been silent longer than its own past makes likely: sooner than a fixed time-out for regular peers, later
 * for irregular ones. It needs regular heartbeats, so their traffic grows with the membership, and a check looks at everybody.
 */
final class PhiAccrualDetector implements SilenceDetector {
    /** Of the expected interval; a heartbeat takes some hops, each of which may wait. */
    private static final double LEAST_DEVIATION = 0.3;

    private final double expected;
    private final double threshold;
    private final Map<PkiId, PhiAccrual> peers = new TreeMap<>();

    /**
     * @param heartbeat interval between two alive messages of a peer
     * @param threshold of phi, from which a peer has failed; more than 0
     */
    PhiAccrualDetector(Duration heartbeat, double threshold) {
        this.expected = heartbeat.toNanos();
        this.threshold = threshold;
    }

    @Override
    public void heard(PkiId pkiId, long now) {
        PhiAccrual known = peers.get(pkiId);
        if (known == null) {
            peers.put(pkiId, new PhiAccrual(expected, LEAST_DEVIATION * expected, now));
        } else {
            known.heard(now);
        }
    }

    @Override
    public void forget(PkiId pkiId) {
        peers.remove(pkiId);
    }

    @Override
    public List<PkiId> failed(long now) {
        return peers.entrySet().stream()
                .filter(entry -> entry.getValue().phi(now) >= threshold)
                .map(Map.Entry::getKey)
                .toList();
    }
}
