package dev.grapevine.simulation.fabric;

/** Watches what the peers of the model come to. */
public interface FabricObserver {
    /** A block has become durable at a peer. */
    default void committed(int peer, int block) {}

    /** A peer has taken another one, which it believed alive until now, for dead. */
    default void buried(int by, int whom) {}
}
