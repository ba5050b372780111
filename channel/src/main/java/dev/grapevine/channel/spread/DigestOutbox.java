package dev.grapevine.channel.spread;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.BlockDigest;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.Route;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is to be said to each peer of blocks we have or do not take. The first goes at once, as somebody waits for it; what follows within a
 * few milliseconds is gathered, so that fast blocks share messages.
 */
final class DigestOutbox {
    /** Digests of one message; an honest peer never has more to say at once than blocks it is spreading. */
    static final int MAX_DIGESTS = 256;

    private final Scheduler scheduler;
    private final Audience audience;
    private final Duration gather;
    private final Map<PkiId, BlockDigests.Builder> waiting = new TreeMap<>();
    private long nextFlush;

    DigestOutbox(Scheduler scheduler, Audience audience, Duration gather) {
        this.scheduler = scheduler;
        this.audience = audience;
        this.gather = gather;
        this.nextFlush = scheduler.nanoTime();
    }

    /** Tells a peer that we have a block. */
    void tell(PkiId peer, BlockName block) {
        say(peer, digests -> digests.addDigest(digest(block)));
    }

    /** Tells a peer that we keep no block from this number on. */
    void refuse(PkiId peer, long limit) {
        say(peer, digests -> digests.setLimit(limit));
    }

    private void say(PkiId peer, Consumer<BlockDigests.Builder> what) {
        long early = nextFlush - scheduler.nanoTime();
        if (waiting.isEmpty()) {
            if (early <= 0) {
                nextFlush = scheduler.nanoTime() + gather.toNanos();
                BlockDigests.Builder first = BlockDigests.newBuilder();
                what.accept(first);
                send(peer, first);
                return;
            }
            scheduler.schedule(Duration.ofNanos(early), this::flush);
        }
        BlockDigests.Builder digests = waiting.computeIfAbsent(peer, each -> BlockDigests.newBuilder());
        what.accept(digests);
        if (digests.getDigestCount() >= MAX_DIGESTS) {
            waiting.remove(peer);
            send(peer, digests);
        }
    }

    /** Offers a peer a block, and the part of the ring that comes with it; at once, as somebody waits for it. */
    void offer(PkiId peer, BlockName block, Route route) {
        send(peer, BlockDigests.newBuilder().addDigest(digest(block).setRoute(route)));
    }

    private static BlockDigest.Builder digest(BlockName block) {
        return BlockDigest.newBuilder().setNumber(block.number()).setHeaderHash(block.headerHash());
    }

    private void flush() {
        nextFlush = scheduler.nanoTime() + gather.toNanos();
        waiting.forEach(this::send);
        waiting.clear();
    }

    private void send(PkiId peer, BlockDigests.Builder digests) {
        digests.setHeight(audience.height());
        audience.send(Extension.newBuilder().setBlockDigests(digests).build(), peer);
    }

    /** Says nothing more. */
    void stop() {
        waiting.clear();
    }
}
