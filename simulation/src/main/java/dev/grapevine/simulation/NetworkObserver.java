package dev.grapevine.simulation;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;

/** Watches what the peers of a network come to. */
public interface NetworkObserver {
    /** A block has become durable at a peer. */
    default void committed(SimulatedPeer peer, VerifiedBlock block) {}

    /**
     * A peer has refused something.
     *
     * @param whom it blames: a connection, a PKI-ID, or an address
     */
    default void refused(SimulatedPeer by, Object whom, Rejection why) {}

    /** A peer has taken another one, which it believed alive until now, for dead. */
    default void buried(SimulatedPeer by, PkiId whom) {}
}
