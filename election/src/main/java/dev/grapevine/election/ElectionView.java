package dev.grapevine.election;

import dev.grapevine.proto.PkiId;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/** What an election sees of its channel, and how it speaks there. On the loop only. */
public interface ElectionView {
    /**
     * The peers of our own organisation that are alive and in this channel, without ourselves. Only their messages count.
     */
    List<PkiId> peers();

    /** Whether a peer is one of {@link #peers()}. */
    default boolean has(PkiId peer) {
        return peers().contains(peer);
    }

    /**
     * Whether the failure of any of {@link #peers()} is told by {@link Election#lost} as soon as it is certain, to all of
     * them: then nobody has to wait for a leader's silence.
     */
    boolean noticesFailures();

    /**
     * Signs a leadership message and pushes it to every peer of {@link #peers()}. Leadership is never relayed, so whoever is
     * not reached directly does not hear of it.
     */
    void gossip(GossipMessage message);
}
