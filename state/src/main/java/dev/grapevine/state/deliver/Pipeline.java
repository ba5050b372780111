package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one stream between their arrival and the sink: verified side by side on the workers, handed over in order and
 * one at a time.
 *
 * <p>A block that depends on a configuration block before it waits here until that one is applied, and is then verified again.
 * Bounded by {@link #hasRoom()}, which whoever requests blocks must ask.
 */
final class Pipeline {
    /** Blocks taken from the stream and not yet settled in the sink; enough to keep the workers busy while one commits. */
    static final int MAX_BLOCKS = 8;

    /** No further block is asked for while these hold more bytes than this. */
    static final long MAX_BYTES = 32L << 20;

    private final ChannelId channel;
    private final DeliverContext context;
    private final BlockSink sink;
    private final Owner owner;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long nextNumber;
    private ByteString lastHash;
    private long bytes;
    private int configurations;
    private boolean awaitingRoom;
    private boolean closed;

    /** Whom a pipeline works for. */
    interface Owner {
        /** The sink has got this block. */
        void passed(VerifiedBlock block);

        /** Something has moved: there may be room for more, or nothing left. */
        void settled();

        /** Nothing more can come of this stream. */
        void failed(Failure failure);
    }

    private static final class Slot {
        private final long number;
        private final ByteString block;
        private int verifiedAt;
        private @Nullable BlockVerdict verdict;

        Slot(long number, ByteString block) {
            this.number = number;
            this.block = block;
        }

        private boolean isHeld() {
            return verdict instanceof BlockVerdict.Premature;
        }
    }

    /**
     * @param first number of the first block to come
     * @param previousHash header hash of the block before it; empty if it is not known here
     */
    Pipeline(
            ChannelId channel,
            DeliverContext context,
            BlockSink sink,
            long first,
            ByteString previousHash,
            Owner owner) {
        this.channel = channel;
        this.context = context;
        this.sink = sink;
        this.nextNumber = first;
        this.lastHash = previousHash;
        this.owner = owner;
    }

    boolean hasRoom() {
        return slots.size() + (awaitingRoom ? 1 : 0) < MAX_BLOCKS && bytes < MAX_BYTES;
    }

    /** Number of the block to be taken next. */
    long next() {
        return nextNumber;
    }

    /** Whether every block that was taken has been handed over. */
    boolean isDrained() {
        return slots.isEmpty();
    }

    /** Whether some block waits for a configuration to be applied. */
    boolean isHolding() {
        return slots.stream().anyMatch(Slot::isHeld);
    }

    /** Takes the next block of the stream. */
    void take(ByteString block) {
        Slot slot = new Slot(nextNumber++, block);
        slots.add(slot);
        bytes += block.size();
        verify(slot);
    }

    /** A configuration block was applied: what waited for it is looked at again. */
    void configurationApplied() {
        configurations++;
        slots.stream().filter(Slot::isHeld).toList().forEach(this::verify);
    }

    /** Nothing is handed over any more. */
    void close() {
        closed = true;
        slots.clear();
    }

    private void verify(Slot slot) {
        slot.verdict = null;
        slot.verifiedAt = configurations;
        context.blocks()
                .verify(channel, 0, slot.number, slot.block, (verdict, error) -> onVerdict(slot, verdict, error));
    }

    private void onVerdict(Slot slot, @Nullable BlockVerdict verdict, @Nullable Throwable error) {
        if (closed) {
            return;
        }
        if (verdict == null) {
            owner.failed(Failure.trouble("verification-failed", String.valueOf(error)));
        } else if (verdict instanceof BlockVerdict.Refused refused) {
            owner.failed(Failure.badBlock(refused.why()));
        } else if (verdict instanceof BlockVerdict.Premature premature) {
            hold(slot, premature);
        } else {
            slot.verdict = verdict;
            proceed();
        }
    }

    private void hold(Slot slot, BlockVerdict.Premature premature) {
        if (Long.compareUnsigned(premature.lastConfig(), slot.number) > 0) {
            owner.failed(Failure.badBlock(new Rejection(
                    "impossible-last-config",
                    "block " + slot.number + " names block " + premature.lastConfig()
                            + " as the configuration it is under")));
        } else if (slot.verifiedAt != configurations) {
            verify(slot);
        } else {
            slot.verdict = premature;
            owner.settled();
        }
    }

    private void proceed() {
        handOver();
        if (!closed) {
            owner.settled();
        }
    }

    private void handOver() {
        while (!closed && !awaitingRoom) {
            Slot head = slots.peek();
            if (head == null || !(head.verdict instanceof BlockVerdict.Verified verified)) {
                return;
            }
            VerifiedBlock block = verified.block();
            if (!lastHash.isEmpty() && !lastHash.equals(block.previousHash())) {
                owner.failed(Failure.badBlock(
                        new Rejection("wrong-previous-hash", "block " + block + " does not follow the one before it")));
                return;
            }
            slots.remove();
            pass(block);
        }
    }

    private void pass(VerifiedBlock block) {
        lastHash = block.headerHash();
        awaitingRoom = true;
        owner.passed(block);
        sink.add(block, () -> onRoom(block.bytes().size()));
    }

    private void onRoom(int size) {
        if (closed) {
            return;
        }
        awaitingRoom = false;
        bytes -= size;
        proceed();
    }
}
