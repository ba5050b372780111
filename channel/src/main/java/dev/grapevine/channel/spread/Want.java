package dev.grapevine.channel.spread;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.Route;
import dev.grapevine.proto.time.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block that others say they have, or whose copy is being verified. */
final class Want {
    private static final int MAX_SOURCES = 8;
    private static final int MAX_HANDED = 16;
    private static final int MAX_GUESSES = 2;

    /**
     * What a peer has handed to us with the block or with an offer of it.
     *
     * @param route empty where it came from a peer that knows no routes
     */
    record Handed(PkiId from, @Nullable Route route, boolean copy) {}

    private final BlockName name;
    private final PkiId discoverer;
    private final long since;
    private final Deque<PkiId> sources = new ArrayDeque<>();
    private final List<PkiId> announcers = new ArrayList<>();
    private final List<Handed> handed = new ArrayList<>();
    private @Nullable PkiId asked;
    private boolean sought;
    private int guesses;
    private Scheduler.@Nullable Timer timer;

    /** @param discoverer on whose word we know of it */
    Want(BlockName name, PkiId discoverer, long since) {
        this.name = name;
        this.discoverer = discoverer;
        this.since = since;
    }

    BlockName name() {
        return name;
    }

    PkiId discoverer() {
        return discoverer;
    }

    long since() {
        return since;
    }

    /** A peer says that it has the block. */
    void announcedBy(PkiId peer) {
        if (announcers.size() < MAX_SOURCES && !announcers.contains(peer)) {
            announcers.add(peer);
            sources.add(peer);
        }
    }

    boolean isAnnounced() {
        return !announcers.isEmpty();
    }

    List<PkiId> announcers() {
        return announcers;
    }

    void handedOver(Handed part) {
        if (handed.size() < MAX_HANDED) {
            handed.add(part);
        }
    }

    List<Handed> handed() {
        return handed;
    }

    /** Whom we have asked for it, or whose copy is being verified. */
    @Nullable
    PkiId asked() {
        return asked;
    }

    void await(PkiId peer) {
        asked = peer;
        sources.remove(peer);
    }

    /** The next one to ask; null if there is none left. */
    @Nullable
    PkiId nextSource() {
        asked = null;
        return sources.peek();
    }

    /** Whether one more peer may be asked that has announced nothing; counts it. */
    boolean mayGuess() {
        return isAnnounced() && guesses++ < MAX_GUESSES;
    }

    /** Marks that it was waited for in vain: what should have brought it has failed. */
    void seek() {
        sought = true;
    }

    boolean isSought() {
        return sought;
    }

    void arm(Scheduler.Timer next) {
        disarm();
        timer = next;
    }

    void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    boolean isArmed() {
        return timer != null;
    }
}
