package dev.grapevine.simulation.run;

import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whom honest peers blame: nobody honest may be among them. */
final class Blame {
    /** What an answer of an honest peer looks like that comes late, or twice. To drop it harms nobody. */
    private static final List<String> LATE = List.of("unknown-pull-nonce", "unrequested-item");

    private final Map<PkiId, SimulatedPeer> peers = new HashMap<>();
    private final Map<String, Long> ofHonest = new TreeMap<>();
    private long ofByzantine;

    Blame(SimulatedNetwork network) {
        network.peers().forEach(peer -> peers.put(peer.pkiId(), peer));
    }

    /** @param whom as the peer names it: a connection, a PKI-ID, or an address that proves nothing */
    void refused(SimulatedPeer by, Object whom, Rejection why) {
        SimulatedPeer blamed = peer(whom);
        if (by.isByzantine() || blamed == null || LATE.contains(why.reason())) {
            return;
        }
        if (blamed.isByzantine()) {
            ofByzantine++;
        } else {
            ofHonest.merge(why.reason(), 1L, Long::sum);
        }
    }

    private @Nullable SimulatedPeer peer(Object whom) {
        if (whom instanceof ConnectionInfo connection) {
            return peers.get(connection.pkiId());
        }
        return whom instanceof PkiId named ? peers.get(named) : null;
    }

    /** For each reason, how often an honest peer blamed an honest one for it. */
    List<String> violations() {
        return ofHonest.entrySet().stream()
                .map(entry -> "honest peers blamed honest ones " + entry.getValue() + " times: " + entry.getKey())
                .toList();
    }

    /** How often honest peers blamed Byzantine ones. */
    long ofByzantine() {
        return ofByzantine;
    }
}
