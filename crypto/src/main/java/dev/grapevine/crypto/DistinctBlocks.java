package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.time.Workers;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the blocks of a node verified on the workers, each distinct one once, whether gossip, state transfer or an ordering
 * service brings it. On the loop only.
 *
 * <p>Orderers sign a header, and the header has the hash of the data: once a block is verified, whatever else comes under its
 * header is the same block or a forgery, and the verified one is the answer to both. Nothing follows from a copy that is not
 * verified: the next one with other bytes is checked for itself, so that a liar cannot suppress the true block by being early.
 */
public final class DistinctBlocks {
    /** What it costs to know a block: {@link MessageCrypto#verifyBlock}. Called on the workers. */
    public interface Check {
        BlockVerdict verify(ChannelId channel, long number, ByteString block) throws Exception;
    }

    private record Name(ChannelId channel, long number, ByteString headerHash) {}

    private record Copy(ByteString bytes, BiConsumer<@Nullable BlockVerdict, @Nullable Throwable> done) {}

    private final Workers workers;
    private final Check check;
    private final Map<Name, Queue<Copy>> underWay = new LinkedHashMap<>();
    private final Recent recent = new Recent();

    public DistinctBlocks(Workers workers, Check check) {
        this.workers = workers;
        this.check = check;
    }

    /**
     * Verifies a block under the configuration in force, unless one of the same header was verified lately or is being
     * verified. Whoever calls bounds what it has under way.
     *
     * @param since number of a configuration block; what was verified under an older one is verified again
     * @param number the number the sender claims
     * @param block a serialised common.Block
     * @param done told on the loop, later, of the verdict or of what went wrong with the check itself. The verified block
     *     has the same header, but perhaps not the same bytes: metadata is not all signed, and {@code block} may be forged
     */
    public void verify(
            ChannelId channel,
            long since,
            long number,
            ByteString block,
            BiConsumer<@Nullable BlockVerdict, @Nullable Throwable> done) {
        Optional<ByteString> headerHash = BlockHash.ofHeaderIn(block);
        if (headerHash.isPresent()) {
            take(new Name(channel, number, headerHash.get()), since, new Copy(block, done));
        } else {
            workers.submit(() -> check.verify(channel, number, block), done);
        }
    }

    private void take(Name name, long since, Copy copy) {
        VerifiedBlock verified = recent.get(name);
        Queue<Copy> waiting = underWay.get(name);
        if (verified != null && Long.compareUnsigned(verified.verifiedUnder(), since) >= 0) {
            workers.submit(() -> new BlockVerdict.Verified(verified), copy.done()::accept);
        } else if (waiting != null) {
            waiting.add(copy);
        } else {
            Queue<Copy> others = new ArrayDeque<>();
            underWay.put(name, others);
            check(name, copy, others);
        }
    }

    private void check(Name name, Copy copy, Queue<Copy> others) {
        workers.submit(
                () -> check.verify(name.channel(), name.number(), copy.bytes()),
                (verdict, failure) -> checked(name, copy, others, verdict, failure));
    }

    private void checked(
            Name name, Copy copy, Queue<Copy> others, @Nullable BlockVerdict verdict, @Nullable Throwable failure) {
        if (verdict instanceof BlockVerdict.Verified verified) {
            underWay.remove(name);
            recent.add(name, verified.block());
            copy.done().accept(verdict, null);
            others.forEach(other -> other.done().accept(verdict, null));
        } else {
            Copy next = others.poll();
            if (next == null) {
                underWay.remove(name);
            } else {
                check(name, next, others);
            }
            copy.done().accept(verdict, failure);
        }
    }

    /** The blocks that were verified last, within a bound of bytes. */
    private static final class Recent {
        private static final long MAX_BYTES = 8L << 20;
        private static final long MIN_CHARGE_BYTES = 4096;

        private final Map<Name, VerifiedBlock> blocks = new LinkedHashMap<>();
        private long bytes;

        @Nullable
        VerifiedBlock get(Name name) {
            return blocks.get(name);
        }

        void add(Name name, VerifiedBlock block) {
            bytes += charge(block) - charge(blocks.put(name, block));
            while (bytes > MAX_BYTES) {
                bytes -= charge(blocks.remove(blocks.keySet().iterator().next()));
            }
        }

        private static long charge(@Nullable VerifiedBlock block) {
            return block == null ? 0 : Math.max(block.bytes().size(), MIN_CHARGE_BYTES);
        }
    }
}
