package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be probed next, and when: whoever has been quiet for longest, once a cycle has passed, which is an interval for
 * each target.
 *
 * <p>Two peers that stand on each other's list, as all do among a few, need one probe for both. So who probes us is left in
 * peace for half an interval longer than who was probed by us: it will probe us again before its turn comes.
 */
final class ProbeTurns {
    private final Duration interval;
    /** Up to when those of the ring need no probe if the cycle had no length, in nanoseconds. */
    private final Map<PkiId, Long> known = new HashMap<>();

    ProbeTurns(Duration interval) {
        this.interval = interval;
    }

    /** A target and the time of its turn, which may be past. */
    record Turn(PkiId target, long due) {}

    /** A peer is being probed by us, or answers that. */
    void probed(PkiId peer, long now) {
        known.merge(peer, now, Math::max);
    }

    /** A peer has spoken though we had not asked. */
    void heard(PkiId peer, long now) {
        known.merge(peer, now + interval.toNanos() / 2, Math::max);
    }

    void left(PkiId peer) {
        known.remove(peer);
    }

    void clear() {
        known.clear();
    }

    /** The next turn; that of a target of which nothing is known is now. Null if there are no targets. */
    @Nullable
    Turn next(List<PkiId> targets, long now) {
        long cycle = interval.multipliedBy(targets.size()).toNanos();
        Turn next = null;
        for (PkiId target : targets) {
            Long last = known.get(target);
            long due = last == null ? now : last + cycle;
            if (next == null || due < next.due()) {
                next = new Turn(target, due);
            }
        }
        return next;
    }
}
