package dev.grapevine.simulation;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.PkiId;

/** Watches what the peers of a network come to. */
public interface NetworkObserver {
    /** A block has become durable at a peer. */
    default void committed(SimulatedPeer peer, VerifiedBlock block) {}

    /** A peer has taken another one, which it believed alive until now, for dead. */
    default void buried(SimulatedPeer by, PkiId whom) {}
}
