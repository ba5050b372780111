package dev.grapevine.simulation.run;

import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.List;
import java.util.TreeSet;

/** Whether what the peers hold in memory stays bounded, whatever happens. */
final class Bounds {
    /** Blocks that wait for their turn: twice the buffer, and those of a full answer that are being taken in. */
    private static final double BUFFERED = 250;

    private static final int EVENTS = 20_000;

    private final SimulatedNetwork network;
    private final double buffered;
    private final int events;
    private final TreeSet<String> violations = new TreeSet<>();

    Bounds(SimulatedNetwork network) {
        this(network, BUFFERED, EVENTS);
    }

    /**
     * @param buffered blocks that may wait at a peer
     * @param events frames under way and timers, that may wait for each peer on the average
     */
    Bounds(SimulatedNetwork network, double buffered, int events) {
        this.network = network;
        this.buffered = buffered;
        this.events = events;
    }

    void check() {
        for (SimulatedPeer peer : network.peers()) {
            if (peer.mostBuffered() > buffered) {
                violations.add(peer.address() + " had " + (long) peer.mostBuffered() + " blocks waiting; the bound is "
                        + (long) buffered);
            }
        }
        if (network.waiting() > (long) events * network.peers().size()) {
            violations.add("more than " + events + " events waited for each peer");
        }
    }

    List<String> violations() {
        return List.copyOf(violations);
    }
}
