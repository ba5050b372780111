package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.Route;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ring that was given away with a block, until a taker says that it has the block. One who says nothing in time
 * is followed by the next of the same part, which is offered the block first: if it has it meanwhile, nothing is sent twice.
 */
final class Assignment {
    /** Whom an assignment asks, and tells. */
    interface Giver {
        /** Hands the block itself to a peer. */
        void send(PkiId taker, Route route);

        /** Offers the block to a peer. */
        void offer(PkiId taker, Route route);

        boolean hasBlock(PkiId peer);

        boolean isAlive(PkiId peer);

        /** How long what has been handed out until now takes to be sent. */
        Duration sending();

        /** How long to wait for a taker, sending apart. */
        Duration late();

        /** Nobody who was tried has said anything. */
        void abandoned(Assignment assignment);
    }

    private final Scheduler scheduler;
    private final Giver giver;
    private final List<NetworkMember> candidates;
    private final Route route;
    private final int maxAttempts;
    private final List<PkiId> tried = new ArrayList<>();
    private long answerable;
    private Scheduler.@Nullable Timer timer;

    /** @param candidates in the order in which they are tried, and tried again */
    Assignment(Scheduler scheduler, Giver giver, List<NetworkMember> candidates, Route route, int maxAttempts) {
        this.scheduler = scheduler;
        this.giver = giver;
        this.candidates = candidates;
        this.route = route;
        this.maxAttempts = maxAttempts;
    }

    /** Gives it to the first candidate. */
    void begin(boolean offered) {
        PkiId taker = next();
        if (taker != null) {
            tried.add(taker);
            if (offered) {
                giver.offer(taker, route);
            } else {
                giver.send(taker, route);
            }
            await();
        } else if (candidates.stream().noneMatch(candidate -> giver.hasBlock(candidate.pkiId()))) {
            giver.abandoned(this);
        }
    }

    private void await() {
        end();
        Duration sending = giver.sending();
        answerable = scheduler.nanoTime() + sending.toNanos();
        timer = scheduler.schedule(giver.late().plus(sending), () -> begin(true));
    }

    private @Nullable PkiId next() {
        if (tried.size() >= maxAttempts) {
            return null;
        }
        for (int i = 0; i < candidates.size(); i++) {
            PkiId peer = candidates.get((tried.size() + i) % candidates.size()).pkiId();
            if (!giver.hasBlock(peer) && giver.isAlive(peer)) {
                return peer;
            }
        }
        return null;
    }

    /** Whether a peer has been tried: if it says that it has the block, this is done. */
    boolean concerns(PkiId peer) {
        return tried.contains(peer);
    }

    /** Nanoseconds since the only attempt was sent; negative if there were several, whose answers cannot be told apart. */
    long delay() {
        return tried.size() == 1 ? Math.max(0, scheduler.nanoTime() - answerable) : -1;
    }

    /** Whether a peer is the one that this was sent or offered to last. */
    boolean isWith(PkiId peer) {
        return !tried.isEmpty() && tried.get(tried.size() - 1).equals(peer);
    }

    /** The part of the ring. */
    Route route() {
        return route;
    }

    /** A peer asks for the block: if it is the one this was offered to last, it gets it with its part of the ring. */
    boolean answer(PkiId peer) {
        if (!isWith(peer)) {
            return false;
        }
        giver.send(peer, route);
        await();
        return true;
    }

    /** Tries nobody any more. */
    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
