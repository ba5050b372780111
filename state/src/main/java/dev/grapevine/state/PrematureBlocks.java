package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Blocks that depend on a configuration still to come. Nobody can tell yet whether they are good, so they are held, a bounded
 * amount of them, and verified once their configuration block is durable. One block per number: a bad one held here is
 * found out then, and the number is missing again.
 */
final class PrematureBlocks {
    private static final long MAX_BYTES = 32L << 20;

    private record Held(ByteString block, long lastConfig, Consumer<BlockVerdict> done) {}

    private final TreeMap<Long, Held> blocks = new TreeMap<>(Long::compareUnsigned);
    private final BlockVerifier verifier;
    private final PayloadBuffer buffer;
    private long bytes;

    PrematureBlocks(BlockVerifier verifier, PayloadBuffer buffer) {
        this.verifier = verifier;
        this.buffer = buffer;
    }

    /** Passes on the numbers of all blocks held, in order. */
    void forEach(LongConsumer receiver) {
        blocks.keySet().forEach(receiver::accept);
    }

    /**
     * Holds a block unless there is no room, it is beyond the buffer's reach, or one of its number is here.
     *
     * @param done told what came of verifying it later
     */
    boolean hold(long number, ByteString block, long lastConfig, Consumer<BlockVerdict> done) {
        boolean wanted = buffer.judge(number) == PayloadBuffer.Push.ADDED && !blocks.containsKey(number);
        if (!wanted || bytes + block.size() > MAX_BYTES) {
            return false;
        }
        blocks.put(number, new Held(block, lastConfig, done));
        bytes += block.size();
        return true;
    }

    /** Verifies what was waiting for a configuration block below {@code height}, and forgets what has come otherwise. */
    void release(long height) {
        List<Map.Entry<Long, Held>> ready = new ArrayList<>();
        for (Map.Entry<Long, Held> entry : blocks.entrySet()) {
            if (Long.compareUnsigned(entry.getValue().lastConfig(), height) < 0
                    || buffer.judge(entry.getKey()) != PayloadBuffer.Push.ADDED) {
                ready.add(entry);
            }
        }
        for (Map.Entry<Long, Held> entry : ready) {
            blocks.remove(entry.getKey());
            bytes -= entry.getValue().block().size();
        }
        for (Map.Entry<Long, Held> entry : ready) {
            if (buffer.judge(entry.getKey()) == PayloadBuffer.Push.ADDED) {
                verifier.verify(
                        entry.getKey(),
                        entry.getValue().block(),
                        entry.getValue().done());
            }
        }
    }
}
