package dev.grapevine.channel.spread;

import dev.grapevine.proto.PkiId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Whom a peer tells of a block that it has, besides those it has it from. */
final class Announcement {
    /** Distances on the ring at which others are told of blocks, some of them for each block. */
    private static final int DISTANCES = 3;

    private final SpreadContext context;
    private final BlockName name;
    private final long place;

    /** @param place ours */
    Announcement(SpreadContext context, BlockName name, long place) {
        this.context = context;
        this.name = name;
        this.place = place;
    }

    /**
     * Tells some peers, each a large power of two of steps away: they are linked, as they probe each other, and so far off that
     * one who lacks the block because a copy was lost has it told by others than those who lack it with him.
     */
    void tell(Predicate<PkiId> lacking) {
        PeerRing ring = context.capable().get();
        int turn = (int) Long.remainderUnsigned(name.number(), DISTANCES);
        Set<PkiId> told = new HashSet<>();
        for (int digest = 0; digest < context.config().digests(); digest++) {
            int steps = Math.max(1, Integer.highestOneBit(ring.size()) >> (turn + digest) % DISTANCES);
            PkiId next = ring.find(place, steps, peer -> lacking.test(peer) && !told.contains(peer));
            if (next != null) {
                told.add(next);
                context.outbox().tell(next, name);
            }
        }
    }

    /** Tells the one to whom our next block goes first, so that there is a link by then. */
    void prepareNext() {
        PeerRing ring = context.capable().get();
        PkiId next = ring.find(ring.place(BlockName.start(name.number() + 1)) - 1, 1, any -> true);
        if (next != null && !context.audience().isLinked(next)) {
            context.outbox().tell(next, name);
        }
    }
}
