package dev.grapevine.state;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The three doors to the buffer: gossip, which may be turned away; the orderer's stream, which is held back until there is
 * room; and state transfer, which asked only for what has room (specification 10.2).
 */
final class BlockAdmission {
    private static final int MAX_WAITING = 16;

    /** A gossiped block this far ahead of the chain is kept if there is much room: it is here, verified, and will be needed. */
    private static final int GOSSIP_REACH = 512;

    private record Waiting(VerifiedBlock block, Runnable whenRoom) {}

    private final StateContext context;
    private final StateConfig config;
    private final PayloadBuffer buffer;
    private final CommitPipeline pipeline;
    private final OrdererLane lane;
    private final ChannelHalt halt;
    private final Meters.Gauge size;
    private final List<Waiting> waiting = new ArrayList<>();
    private Runnable onGap = () -> {};

    BlockAdmission(
            StateContext context,
            StateConfig config,
            PayloadBuffer buffer,
            CommitPipeline pipeline,
            OrdererLane lane,
            ChannelHalt halt) {
        this.context = context;
        this.config = config;
        this.buffer = buffer;
        this.pipeline = pipeline;
        this.lane = lane;
        this.halt = halt;
        this.size = context.meters()
                .gauge(
                        "gossip_payload_buffer_size",
                        "channel",
                        context.channel().name());
    }

    /** Sets who is told that a block came while an earlier one is missing. */
    void onGap(Runnable listener) {
        this.onGap = listener;
    }

    /** Whether a block of this number would be of use now. */
    boolean wants(long number) {
        return !halt.isHalted() && buffer.judge(number) == PayloadBuffer.Push.ADDED;
    }

    /**
     * Takes a gossiped block, unless it is old, held already, or too far ahead of the chain: {@code blockBufferSize} blocks, or
     * {@value #GOSSIP_REACH} while three quarters of the buffer's bytes are free. Fabric always refuses the former, so that a peer which
     * falls behind a little fetches again what it is sent, and falls behind further.
     */
    boolean gossiped(VerifiedBlock block) {
        return pushWithin(gossipReach(), block);
    }

    private int gossipReach() {
        boolean roomy = buffer.isMostlyFree();
        return roomy ? Math.max(GOSSIP_REACH, config.blockBufferSize()) : config.blockBufferSize();
    }

    /** The first gossiped block that is too far ahead to be taken now. */
    long gossipLimit() {
        return buffer.next() + gossipReach();
    }

    private boolean pushWithin(int reach, VerifiedBlock block) {
        if (Long.compareUnsigned(block.number() - buffer.next(), reach) >= 0) {
            return refuse(buffer.judge(block.number()) == PayloadBuffer.Push.OLD ? "old" : "too_far_ahead");
        }
        return push(block);
    }

    /** Takes a block that came by state transfer. */
    boolean transferred(VerifiedBlock block) {
        return push(block);
    }

    /**
     * Takes a block of the orderer's stream.
     *
     * @param whenRoom run once when the next one may come: at once, or when the buffer has emptied. Never run after a halt
     */
    void delivered(VerifiedBlock block, Runnable whenRoom) {
        if (config.nonBlockingCommitMode()) {
            pushWithin(config.blockBufferSize(), block);
            whenRoom.run();
            return;
        }
        Waiting candidate = new Waiting(block, whenRoom);
        if (!admit(candidate)) {
            waiting.add(candidate);
            if (waiting.size() > MAX_WAITING) {
                waiting.remove(0);
                refuse("waiting_room_full");
            }
        }
    }

    /** Lets in who waits, as far as there is room. Call it when blocks have left the buffer. */
    void roomMade() {
        size.set(buffer.size());
        List<Runnable> admitted = new ArrayList<>();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting next = each.next();
            if (fits(next.block())) {
                each.remove();
                push(next.block());
                admitted.add(next.whenRoom());
            }
        }
        admitted.forEach(Runnable::run);
    }

    private boolean admit(Waiting candidate) {
        if (!fits(candidate.block())) {
            return false;
        }
        push(candidate.block());
        candidate.whenRoom().run();
        return true;
    }

    /** The stream is held back while the ledger is slow, not while an earlier block is missing that others bring. */
    private boolean fits(VerifiedBlock block) {
        if (halt.isHalted()) {
            return false;
        }
        PayloadBuffer.Push judgement = buffer.judge(block.number());
        boolean waitsForOthers = buffer.peek() == null && lane.isBeyond(buffer.next());
        boolean roomy =
                waitsForOthers || buffer.size() <= 2 * config.blockBufferSize() || block.number() == buffer.next();
        return judgement == PayloadBuffer.Push.ADDED
                ? roomy && buffer.hasBytesFor(block)
                : judgement != PayloadBuffer.Push.TOO_FAR_AHEAD;
    }

    private boolean push(VerifiedBlock block) {
        if (halt.isHalted()) {
            return refuse("halted");
        }
        PayloadBuffer.Push outcome = buffer.push(block);
        if (outcome != PayloadBuffer.Push.ADDED) {
            return refuse(outcome.name().toLowerCase(Locale.ROOT));
        }
        pipeline.advance();
        size.set(buffer.size());
        if (buffer.size() > 0 && buffer.peek() == null) {
            onGap.run();
        }
        return true;
    }

    /** Counts a block, or an answer full of them, that was turned away. */
    boolean refuse(String reason) {
        context.meters()
                .counter(
                        "gossip_state_blocks_refused",
                        "channel",
                        context.channel().name(),
                        "reason",
                        reason)
                .increment();
        return false;
    }
}
