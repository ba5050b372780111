package dev.grapevine.simulation.run;

import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which peers faults keep from taking part, and since when. From a peer that is down, apart or still catching up, nobody may
 * expect blocks in time, nor that others believe it alive.
 */
final class Disturbed {
    /** Why a peer cannot take part. */
    enum Cause {
        DOWN,
        APART,
        RECOVERING
    }

    private record State(Cause cause, long since) {}

    private final SimulatedNetwork network;
    private final Map<SimulatedPeer, State> states = new HashMap<>();
    private final Map<SimulatedPeer, Integer> causes = new HashMap<>();

    Disturbed(SimulatedNetwork network) {
        this.network = network;
    }

    void down(List<SimulatedPeer> peers) {
        enter(peers, Cause.DOWN);
    }

    void apart(List<SimulatedPeer> peers) {
        enter(peers, Cause.APART);
    }

    private void enter(List<SimulatedPeer> peers, Cause cause) {
        for (SimulatedPeer peer : peers) {
            causes.merge(peer, 1, Integer::sum);
            states.put(peer, new State(cause, network.now().toNanos()));
        }
    }

    /** A fault of these peers has ended; they recover once no other holds them. */
    void recovering(List<SimulatedPeer> peers) {
        for (SimulatedPeer peer : peers) {
            if (causes.merge(peer, -1, Integer::sum) == 0) {
                states.put(peer, new State(Cause.RECOVERING, network.now().toNanos()));
            }
        }
    }

    /** A peer has all there is: whatever it recovered from is over. Gives the nanoseconds it took. */
    Optional<Long> caughtUp(SimulatedPeer peer) {
        State state = states.get(peer);
        if (state == null || state.cause() != Cause.RECOVERING) {
            return Optional.empty();
        }
        states.remove(peer);
        return Optional.of(network.now().toNanos() - state.since());
    }

    boolean isDisturbed(SimulatedPeer peer) {
        return states.containsKey(peer);
    }

    /** Since when a peer is down or apart, in nanoseconds; empty if it is neither. */
    Optional<Long> goneSince(SimulatedPeer peer) {
        State state = states.get(peer);
        return state == null || state.cause() == Cause.RECOVERING ? Optional.empty() : Optional.of(state.since());
    }
}
