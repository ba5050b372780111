package dev.grapevine.simulation.run;

import dev.grapevine.proto.PkiId;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How soon peers that are gone are taken for dead, and how often peers that are not. While a peer is gone or coming back,
 * whatever it or others believe of each other is no false alarm.
 */
final class Detection {
    private record Notice(PkiId by, PkiId whom, long goneSince) {}

    private final SimulatedNetwork network;
    private final Disturbed disturbed;
    private final Map<PkiId, SimulatedPeer> peers = new HashMap<>();
    private final Set<Notice> noticed = new HashSet<>();
    private final Set<PkiId> doubted = new HashSet<>();
    private final Times times = new Times();
    private long falseAlarms;
    private long since = Long.MAX_VALUE;

    Detection(SimulatedNetwork network, Disturbed disturbed) {
        this.network = network;
        this.disturbed = disturbed;
        network.peers().forEach(peer -> peers.put(peer.pkiId(), peer));
    }

    /** Counts from now on. */
    void begin() {
        since = network.now().toNanos();
    }

    void buried(SimulatedPeer by, PkiId whom) {
        SimulatedPeer buried = peers.get(whom);
        if (buried == null
                || by.isByzantine()
                || buried.isByzantine()
                || network.now().toNanos() < since
                || disturbed.isDisturbed(by)) {
            return;
        }
        Optional<Long> gone = disturbed.goneSince(buried);
        if (gone.isPresent()) {
            // Old news may bring a dead peer back for a while, and it is taken for dead again.
            if (noticed.add(new Notice(by.pkiId(), whom, gone.get()))) {
                times.add(network.now().toNanos() - gone.get());
            }
        } else if (!disturbed.isDisturbed(buried)) {
            falseAlarms++;
            doubted.add(whom);
        }
    }

    /** From the beginning of a fault until one of the others took a peer for dead, over all pairs that did. */
    Percentiles times() {
        return Percentiles.ofNanos(times.toArray());
    }

    /** How often a peer took one for dead that was not. */
    long falseAlarms() {
        return falseAlarms;
    }

    /** How many peers were taken for dead by somebody though they were not. */
    int doubted() {
        return doubted.size();
    }
}
