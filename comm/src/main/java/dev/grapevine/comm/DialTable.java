package dev.grapevine.comm;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peers that we want to send to and have no link with: at most one attempt for each at a time, messages waiting
 * meanwhile, and after a failure a growing pause in which messages are dropped, so that sends to a dead peer do not become
 * a storm of dials.
 */
final class DialTable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 4;
    private static final int MAX_QUICK_ENDS = 3;
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofMillis(500);

    /** Who takes the outcomes. */
    interface Owner {
        /** A peer is connected; the link's queue holds what was waiting. */
        void connected(Dial dial, Proven proven);

        void failed(Dial dial, Rejection why);
    }

    private final Map<String, Dial> dials = new LinkedHashMap<>();
    private final CommConfig config;
    private final Dialer dialer;
    private final Scheduler scheduler;
    private final CommCounters counters;
    private final Owner owner;

    DialTable(CommConfig config, Dialer dialer, Scheduler scheduler, CommCounters counters, Owner owner) {
        this.config = config;
        this.dialer = dialer;
        this.scheduler = scheduler;
        this.counters = counters;
        this.owner = owner;
    }

    /** Dials unless that is under way, and sends once there is a link. */
    void send(RemotePeer peer, Outgoing outgoing) {
        Dial dial = dialOf(peer);
        if (dial == null) {
            counters.dropped(outgoing, "too-many-dials");
        } else if (dial.isRunning()) {
            dial.waiting().add(outgoing);
        } else if (dial.isQuiet(scheduler.nanoTime())) {
            counters.dropped(outgoing, "unreachable-lately");
        } else {
            dial.waiting().add(outgoing);
            attempt(dial);
        }
    }

    private @Nullable Dial dialOf(RemotePeer peer) {
        Dial known = dials.get(key(peer));
        if (known != null && (known.isRunning() || known.peer().endpoint().equals(peer.endpoint()))) {
            return known;
        }
        if (known == null && dials.size() >= config.limits().dials() && !evict()) {
            return null;
        }
        Dial dial = new Dial(peer, new OutboundQueue(config, counters));
        dials.put(key(peer), dial);
        return dial;
    }

    private boolean evict() {
        for (Iterator<Dial> all = dials.values().iterator(); all.hasNext(); ) {
            if (!all.next().isRunning()) {
                all.remove();
                return true;
            }
        }
        return false;
    }

    private static String key(RemotePeer peer) {
        return peer.pkiId() == null ? "@" + peer.endpoint() : peer.pkiId().hex();
    }

    private void attempt(Dial dial) {
        Object token = dial.begin();
        dialer.connect(dial.peer(), false, proven -> {
            if (dial.isCurrent(token)) {
                settle(dial, proven.then(found -> dialer.expect(dial.peer().pkiId(), found)));
            } else {
                proven.accepted().ifPresent(late -> late.stream().abort("no longer wanted"));
            }
        });
    }

    private void settle(Dial dial, Verdict<Proven> verdict) {
        if (verdict.isAccepted()) {
            dial.end();
            dial.forgive();
            dials.remove(key(dial.peer()), dial);
            owner.connected(dial, verdict.value());
        } else {
            pause(dial);
            dial.waiting().drop("unreachable");
            owner.failed(dial, verdict.rejection());
        }
    }

    private void pause(Dial dial) {
        long pause = FIRST_PAUSE.toNanos() << Math.min(dial.countFailure() - 1, MAX_DOUBLINGS);
        dial.fail(scheduler.nanoTime() + pause + scheduler.random().nextLong(pause / 2));
    }

    /**
     * Tries again soon, because a link ended in good order as soon as it was there: two dials have met, and the other side
     * closed both (specification 4.6).
     *
     * @return whether we try; not for ever
     */
    boolean retry(Dial dial, OutboundQueue unsent) {
        if (dials.containsKey(key(dial.peer())) || dial.countQuickEnd() > MAX_QUICK_ENDS) {
            return false;
        }
        dials.put(key(dial.peer()), dial);
        unsent.moveTo(dial.waiting());
        Object token = dial.begin();
        long nanos = scheduler.random().nextLong(SHORTEST_RETRY.toNanos(), LONGEST_RETRY.toNanos());
        scheduler.schedule(Duration.ofNanos(nanos), () -> {
            if (dial.isCurrent(token)) {
                attempt(dial);
            }
        });
        return true;
    }

    /** A link ended with an error as soon as it was there: the other side does not want us, so do not try at once again. */
    void refused(Dial dial) {
        if (!dials.containsKey(key(dial.peer()))) {
            dials.put(key(dial.peer()), dial);
            pause(dial);
        }
    }

    /**
     * The peer has a link now, by its own doing. An attempt that is under way goes on, because the peer counts on the same
     * of us when it judges which link survives.
     *
     * @return what was waiting for it
     */
    Optional<OutboundQueue> linked(PkiId pkiId) {
        Dial dial = dials.get(pkiId.hex());
        if (dial == null) {
            return Optional.empty();
        }
        if (!dial.isRunning()) {
            dials.remove(pkiId.hex());
        }
        return Optional.of(dial.waiting());
    }

    /** Somebody answers there again: the pause is over. */
    void reachable(String endpoint) {
        dials.values().stream()
                .filter(dial -> dial.peer().endpoint().equals(endpoint))
                .forEach(Dial::forgive);
    }

    /** Calls every attempt off. */
    void stop(String reason) {
        dials.values().forEach(dial -> {
            dial.end();
            dial.waiting().drop(reason);
        });
        dials.clear();
    }
}
