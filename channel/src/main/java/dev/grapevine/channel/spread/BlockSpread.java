package dev.grapevine.channel.spread;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.extension.BlockDigest;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.BlockRequest;
import dev.grapevine.proto.extension.Route;
import dev.grapevine.proto.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The spreading of one channel's blocks among the Grapevine peers of our organisation.
 *
 * <p>A block comes with an interval of the ring for which the receiver answers; once it is verified, the receiver divides the
 * interval among those in it and sends each of them the block with a share, says to whom it had the block from that it has
 * it, and tells some others a moment later. A peer that was told of a block and does not get it asks for it, and then looks
 * whether others lack it too.
 */
public final class BlockSpread {
    /** Who is taken for silent too early is offered the block once more, which is a small message. */
    private static final int ANSWER_DEVIATIONS = 2;

    private final SpreadContext context;
    private final SpreadConfig config;
    private final Audience audience;
    private final DigestOutbox outbox;
    private final Wants wants;
    private final Map<BlockName, Spread> spreads;
    private boolean stopped;

    /**
     * @param plainPeers Fabric peers that we send one block to ({@code peer.gossip.propagatePeerNum})
     * @param drop counts what is dropped or given up, by its reason
     */
    public BlockSpread(
            Scheduler scheduler, SpreadConfig config, int plainPeers, Audience audience, Consumer<String> drop) {
        this.config = config;
        this.audience = audience;
        this.outbox = new DigestOutbox(scheduler, audience, config.gather());
        DelayEstimate answers =
                new DelayEstimate(ANSWER_DEVIATIONS, config.initialLate(), config.leastLate(), config.mostLate());
        this.wants = new Wants(scheduler, config, audience, answers, drop);
        this.context = new SpreadContext(
                scheduler,
                config,
                plainPeers,
                audience,
                new CurrentRing(audience::capable),
                new CurrentRing(audience::plain),
                outbox,
                new FarBehind(scheduler),
                answers,
                drop);
        this.spreads = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<BlockName, Spread> eldest) {
                boolean full = size() > config.spreading();
                if (full) {
                    eldest.getValue().end();
                }
                return full;
            }
        };
    }

    /**
     * Whether a block that a peer has pushed to us is too far ahead of our chain to be kept: then it is neither verified nor
     * passed on, and the peer is told, so that it gives our part of the ring to somebody else at once.
     */
    public boolean refuses(BlockName block, PkiId from) {
        boolean refused = !spreads.containsKey(block) && !isBelow(audience.limit(), block);
        if (refused) {
            outbox.refuse(from, audience.limit());
        }
        return refused;
    }

    private static boolean isBelow(long limit, BlockName block) {
        return Long.compareUnsigned(block.number(), limit) < 0;
    }

    /**
     * A copy of a block has come from a peer and has yet to be verified, unless that was done before.
     *
     * @param route that came with it; null if none
     */
    public void arriving(BlockName block, PkiId from, @Nullable Route route) {
        Spread spread = spreads.get(block);
        if (spread == null) {
            wants.arriving(block, from, route);
        } else {
            take(spread, block, new Want.Handed(from, route, true), true);
        }
    }

    /**
     * A block of another peer was verified.
     *
     * @param size of its message, in bytes
     * @param from whose copy it was
     * @param route that came with that copy; null if none
     * @param pushed whether it goes on to others if it came without a route
     */
    public void verified(BlockName block, int size, PkiId from, @Nullable Route route, boolean pushed) {
        // Others may have been too many to remember, or this one too far ahead of us: then the copy itself is all we
        // know.
        Want want = wants.verified(block).orElseGet(() -> new Want(block, from, 0));
        if (want.handed().isEmpty()) {
            want.handedOver(new Want.Handed(from, route, true));
        }
        Spread spread = begin(block, size);
        want.announcers().forEach(spread::heldBy);
        want.handed().forEach(part -> spread.heldBy(part.from()));
        boolean answering = false;
        boolean routed = false;
        for (Want.Handed part : want.handed()) {
            routed |= part.route() != null;
            answering |= take(spread, block, part, answering);
        }
        if (want.isSought()) {
            spread.delegateAll(true, config.fanOut());
        } else if (!routed && pushed) {
            spread.handOver();
        }
    }

    /** What came as a block from a peer was none. */
    public void refused(BlockName block, PkiId from) {
        wants.refused(block, from);
    }

    /** Takes what was handed over with a block; true if that was a part of the ring. */
    private boolean take(Spread spread, BlockName block, Want.Handed part, boolean again) {
        spread.heldBy(part.from());
        Route route = part.route();
        if (route == null) {
            return false;
        }
        outbox.tell(part.from(), block);
        RingInterval interval = RingInterval.of(route);
        if (interval.isEmpty()) {
            return false;
        }
        if (route.hasOrigin()) {
            spread.beganAt(route.getOrigin());
        }
        spread.delegate(interval, again || route.getSparse(), config.fanOut());
        return true;
    }

    /** A block of the ordering service, which nobody has yet. */
    public void ordered(BlockName block, int size) {
        begin(block, size).begin(config.rootFanOut());
    }

    private Spread begin(BlockName block, int size) {
        Spread spread = new Spread(context, block, size);
        spreads.put(block, spread);
        context.scheduler().schedule(config.digestDelay(), () -> {
            if (!stopped) {
                spread.announce();
            }
        });
        return spread;
    }

    /** A capable peer says which blocks it has. */
    public void announced(BlockDigests digests, PkiId by) {
        List<BlockDigest> all = digests.getDigestList();
        if (all.size() > DigestOutbox.MAX_DIGESTS) {
            context.drop().accept("too-many-digests");
            return;
        }
        audience.heard(by, digests.getHeight());
        all.forEach(digest -> announced(digest, by));
        if (digests.hasLimit()) {
            refused(digests.getLimit(), by);
        }
    }

    private void refused(long limit, PkiId by) {
        context.behind().said(by, limit);
        List.copyOf(spreads.values()).forEach(spread -> spread.refusedBy(by, limit));
    }

    private void announced(BlockDigest digest, PkiId by) {
        BlockName block = new BlockName(digest.getNumber(), digest.getHeaderHash());
        Route offer = digest.hasRoute() ? digest.getRoute() : null;
        Spread spread = spreads.get(block);
        boolean have = spread != null || Long.compareUnsigned(block.number(), audience.height()) < 0;
        context.behind().takes(by, block.number());
        if (!have) {
            want(block, by, offer);
            return;
        }
        if (spread != null) {
            spread.heldBy(by);
        }
        if (offer != null) {
            outbox.tell(by, block);
            if (spread != null && !offer.getSparse()) {
                spread.takeOver(RingInterval.of(offer), config.fanOut());
            }
        }
    }

    private void want(BlockName block, PkiId by, @Nullable Route offer) {
        long limit = wants.limit();
        if (isBelow(limit, block)) {
            wants.announced(block, by, offer);
        } else {
            context.drop().accept("implausible-block-number");
            if (offer != null) {
                outbox.refuse(by, limit);
            }
        }
    }

    /** A capable peer asks for a block that we have announced. */
    public void requested(BlockRequest request, PkiId by) {
        context.behind().takes(by, request.getNumber());
        Spread spread = spreads.get(new BlockName(request.getNumber(), request.getHeaderHash()));
        if (spread == null) {
            context.drop().accept("request-of-unknown-block");
        } else {
            spread.requestedBy(by);
        }
    }

    /** Blocks below this number are committed. */
    public void committed(long height) {
        wants.committed(height);
    }

    /** Ends all timers; the spreading is of no use afterwards. */
    public void stop() {
        stopped = true;
        spreads.values().forEach(Spread::end);
        spreads.clear();
        wants.stop();
        outbox.stop();
    }
}
