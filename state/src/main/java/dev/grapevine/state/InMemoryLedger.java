package dev.grapevine.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that forgets everything when the process ends: for simulations, benchmarks and embedders that want no disk. Blocks
 * become durable after a fixed time, all that are under way together, as one sync would do it.
 */
public final class InMemoryLedger implements Ledger {
    private record Append(VerifiedBlock block, Consumer<@Nullable Throwable> done) {}

    private final Scheduler scheduler;
    private final Duration syncTime;
    private final List<ByteString> blocks = new ArrayList<>();
    private List<Append> waiting = new ArrayList<>();
    private ByteString lastHash;
    private boolean syncing;
    private @Nullable Throwable failure;

    /**
     * @param scheduler the loop it answers on
     * @param syncTime how long a sync takes
     * @param genesis the serialised block the channel was joined with: number 0, which nobody has to have signed
     * @throws IllegalArgumentException if it is no block
     */
    public InMemoryLedger(Scheduler scheduler, Duration syncTime, ByteString genesis) {
        this(scheduler, syncTime, List.of(genesis), headerHash(genesis));
    }

    private static ByteString headerHash(ByteString block) {
        try {
            return BlockHash.ofHeader(Block.parseFrom(block).getHeader());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the genesis block is no block", e);
        }
    }

    private InMemoryLedger(Scheduler scheduler, Duration syncTime, List<ByteString> durable, ByteString lastHash) {
        this.scheduler = scheduler;
        this.syncTime = syncTime;
        this.blocks.addAll(durable);
        this.lastHash = lastHash;
    }

    /** The same durable blocks for a node that has restarted. What was under way is lost; this object must not be used again. */
    public InMemoryLedger reopen(Scheduler restarted) {
        return new InMemoryLedger(restarted, syncTime, blocks, lastHash);
    }

    @Override
    public long height() {
        return blocks.size();
    }

    @Override
    public ByteString lastHash() {
        return lastHash;
    }

    @Override
    public void append(VerifiedBlock block, Consumer<@Nullable Throwable> done) {
        waiting.add(new Append(block, done));
        if (!syncing) {
            sync();
        }
    }

    /** Makes every append from now on fail, as a full disk would. */
    public void failWith(Throwable cause) {
        this.failure = cause;
    }

    private void sync() {
        syncing = true;
        List<Append> batch = waiting;
        waiting = new ArrayList<>();
        scheduler.schedule(syncTime, () -> synced(batch));
    }

    private void synced(List<Append> batch) {
        for (Append append : batch) {
            Throwable cause = failure == null ? misplaced(append.block()) : failure;
            if (cause == null) {
                store(append.block());
            }
            failure = cause;
            append.done().accept(cause);
        }
        syncing = false;
        if (!waiting.isEmpty()) {
            sync();
        }
    }

    private @Nullable Throwable misplaced(VerifiedBlock block) {
        boolean fits = block.number() == height() && block.previousHash().equals(lastHash);
        return fits ? null : new IllegalStateException(block + " does not continue a chain of height " + height());
    }

    private void store(VerifiedBlock block) {
        blocks.add(block.bytes());
        lastHash = block.headerHash();
    }

    @Override
    public void read(
            long first, long last, long maxBytes, BiConsumer<@Nullable List<ByteString>, @Nullable Throwable> done) {
        List<ByteString> found = new ArrayList<>();
        long bytes = 0;
        for (long number = first; number <= last && number < height(); number++) {
            ByteString block = blocks.get((int) number);
            bytes += block.size();
            if (!found.isEmpty() && bytes > maxBytes) {
                break;
            }
            found.add(block);
        }
        scheduler.execute(() -> done.accept(found, null));
    }

    /** All blocks, from number 0 on. */
    public List<ByteString> blocks() {
        return List.copyOf(blocks);
    }
}
