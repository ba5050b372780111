package dev.grapevine.channel.spread;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Peers that said they are too far behind to keep what is new. They are left in peace for a while, then offered a block: who
 * asks for it is behind no more. Until then they stand at the head of a part of the ring only if there is nobody else. It
 * is always a peer's own word, so a lie harms only the liar.
 */
final class FarBehind {
    /** Peers remembered; of one that is not, another block is refused. */
    private static final int MOST = 1024;

    /** How long a peer is offered nothing: an offer and its answer cost little, and one that is level again misses no more than this. */
    private static final long PEACE = Duration.ofMillis(250).toNanos();

    /** How long a refusal counts at all, since nobody may have had anything to offer to the peer meanwhile. */
    private static final long MEMORY = Duration.ofSeconds(5).toNanos();

    private record Word(long limit, long at) {
        boolean holdsFor(long number) {
            return Long.compareUnsigned(number, limit) >= 0;
        }
    }

    private final Scheduler scheduler;
    private final Map<PkiId, Word> words = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PkiId, Word> eldest) {
            return size() > MOST;
        }
    };

    FarBehind(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A peer keeps no block from this number on. */
    void said(PkiId peer, long limit) {
        words.put(peer, new Word(limit, scheduler.nanoTime()));
    }

    /** A peer has this block or asks for it. */
    void takes(PkiId peer, long number) {
        if (refuses(peer, number)) {
            words.remove(peer);
        }
    }

    /** Whether a peer would have refused a block the last time we heard of it. */
    boolean refuses(PkiId peer, long number) {
        Word word = words.get(peer);
        return word != null && word.holdsFor(number) && scheduler.nanoTime() - word.at() < MEMORY;
    }

    /** Whether that was so lately that it is not even to be offered the block. */
    boolean isInPeace(PkiId peer, long number) {
        return refuses(peer, number) && scheduler.nanoTime() - words.get(peer).at() < PEACE;
    }
}
