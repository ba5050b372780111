package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel's chain on disk. Called on the loop; works on a worker of its own and answers on the loop.
 */
public interface Ledger {
    /** Number of blocks that are durably stored. */
    long height();

    /** Hash of the last durably stored block's header; empty for an empty chain. */
    ByteString lastHash();

    /**
     * Appends the next block; several may be under way, strictly in order, so that one sync serves them all.
     *
     * @param done told when the block is durable, in the order of the calls; or with what prevented it, which ends the chain:
     *     everything queued after it fails too
     */
    void append(VerifiedBlock block, Consumer<@Nullable Throwable> done);

    /**
     * Reads blocks as they are served to others, from {@code first} on, at most up to and including {@code last}, what is
     * stored and fits {@code maxBytes} (always at least one if it is stored).
     */
    void read(long first, long last, long maxBytes, BiConsumer<@Nullable List<ByteString>, @Nullable Throwable> done);
}
