package dev.grapevine.node.peer;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Workers;
import java.util.function.Consumer;

/**
 * Blocks of one channel that the embedding program hands over. They are verified where those of other peers are, so that one
 * which gossip has brought already costs nothing again. On the loop only.
 */
final class HandedBlocks {
    private static final long MAX_BYTES = 64L << 20;
    private static final BlockVerdict FAULT =
            new BlockVerdict.Refused(new Rejection("verification-fault", "the verification itself failed"));

    private final ChannelId channel;
    private final DistinctBlocks blocks;
    private final Verifications verifications;
    private final Consumer<VerifiedBlock> taker;

    /** @param taker is given every block that proves good */
    HandedBlocks(ChannelId channel, DistinctBlocks blocks, Workers workers, Consumer<VerifiedBlock> taker) {
        this.channel = channel;
        this.blocks = blocks;
        this.verifications = new Verifications(workers, MAX_BYTES);
        this.taker = taker;
    }

    /**
     * Verifies a block and passes it on.
     *
     * @param block a serialised common.Block
     * @param done told its number, or why it was not taken
     */
    void take(long number, ByteString block, Consumer<Verdict<Long>> done) {
        boolean started = verifications.start(
                block.size(),
                verdict -> blocks.verify(channel, 0, number, block, verdict),
                FAULT,
                verdict -> done.accept(settle(number, verdict)));
        if (!started) {
            done.accept(Verdict.rejected(
                    "verification-backlog",
                    "too many blocks are being verified; wait for the answers before the next"));
        }
    }

    private Verdict<Long> settle(long number, BlockVerdict verdict) {
        if (verdict instanceof BlockVerdict.Verified verified) {
            taker.accept(verified.block());
            return Verdict.accepted(number);
        }
        return Verdict.rejected(
                verdict instanceof BlockVerdict.Refused refused
                        ? refused.why()
                        : new Rejection("premature-block", "its configuration block has not been committed yet"));
    }
}
