package dev.grapevine.benchmarks.scenario;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.Ledger;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A peer's height in a {@link SharedChain}: a commit takes no time. On the loop. */
final class HeightLedger implements Ledger {
    private final Scheduler loop;
    private final SharedChain chain;
    private volatile long height = 1;
    private ByteString lastHash;

    /** @param genesisHash of the header of the one block it begins with */
    HeightLedger(Scheduler loop, SharedChain chain, ByteString genesisHash) {
        this.loop = loop;
        this.chain = chain;
        this.lastHash = genesisHash;
        chain.storedBy(this::height);
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public ByteString lastHash() {
        return lastHash;
    }

    @Override
    public void append(VerifiedBlock block, Consumer<@Nullable Throwable> done) {
        loop.execute(() -> {
            lastHash = block.headerHash();
            height = block.number() + 1;
            done.accept(null);
        });
    }

    @Override
    public void read(
            long first, long last, long maxBytes, BiConsumer<@Nullable List<ByteString>, @Nullable Throwable> done) {
        List<ByteString> blocks = chain.read(first, Math.min(last + 1, height), maxBytes);
        loop.execute(() -> done.accept(blocks, null));
    }
}
