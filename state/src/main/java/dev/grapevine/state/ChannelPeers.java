package dev.grapevine.state;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;

/** The other peers of a channel, as state transfer sees them. Implemented over the channel layer; called on the loop. */
public interface ChannelPeers {
    /**
     * A peer that is alive and has not left the channel.
     *
     * @param height number of blocks it says it has (StateInfo's ledger height); nobody has checked that
     * @param ownOrganisation whether it is of our organisation; such peers are asked first
     * @param revision of Grapevine's extensions it speaks; 0 for a plain Fabric peer
     */
    record Candidate(PkiId pkiId, long height, boolean ownOrganisation, int revision) {}

    /** All of them, in an order that is the same in every run. */
    List<Candidate> peers();

    /** Those of them that say to have more than so many blocks. */
    default List<Candidate> above(long height) {
        return peers().stream()
                .filter(peer -> Long.compareUnsigned(peer.height(), height) > 0)
                .toList();
    }

    /** Sends without blocking and without a promise. */
    void send(SignedGossipMessage message, PkiId peer);
}
