package dev.grapevine.simulation.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which peers faults keep from taking part, and since when. From a peer that is down, apart or still catching up, nobody may
 * expect blocks in time, nor that others believe it alive.
 *
 * @param <P> a peer
 */
final class Disturbed<P> {
    /** Why a peer cannot take part. */
    enum Cause {
        DOWN,
        APART,
        RECOVERING
    }

    private record State(Cause cause, long since) {}

    private final Supplier<Duration> clock;
    private final Map<P, State> states = new HashMap<>();
    private final Map<P, Integer> causes = new HashMap<>();

    Disturbed(Supplier<Duration> clock) {
        this.clock = clock;
    }

    void down(List<P> peers) {
        enter(peers, Cause.DOWN);
    }

    void apart(List<P> peers) {
        enter(peers, Cause.APART);
    }

    private void enter(List<P> peers, Cause cause) {
        for (P peer : peers) {
            causes.merge(peer, 1, Integer::sum);
            states.put(peer, new State(cause, clock.get().toNanos()));
        }
    }

    /** A fault of these peers has ended; they recover once no other holds them. */
    void recovering(List<P> peers) {
        for (P peer : peers) {
            if (causes.merge(peer, -1, Integer::sum) == 0) {
                states.put(peer, new State(Cause.RECOVERING, clock.get().toNanos()));
            }
        }
    }

    /** A peer has all there is: whatever it recovered from is over. Gives the nanoseconds it took. */
    Optional<Long> caughtUp(P peer) {
        State state = states.get(peer);
        if (state == null || state.cause() != Cause.RECOVERING) {
            return Optional.empty();
        }
        states.remove(peer);
        return Optional.of(clock.get().toNanos() - state.since());
    }

    boolean isDisturbed(P peer) {
        return states.containsKey(peer);
    }

    /** Since when a peer is down or apart, in nanoseconds; empty if it is neither. */
    Optional<Long> goneSince(P peer) {
        State state = states.get(peer);
        return state == null || state.cause() == Cause.RECOVERING ? Optional.empty() : Optional.of(state.since());
    }
}
