package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * A place in a chain from which somebody reads on. It never waits: at the end of the chain it says so, and {@link
 * RocksLedger#onHeight} tells when to ask again. One thread at a time.
 */
public final class ChainCursor {
    private final Chain chain;
    private long next;

    ChainCursor(Chain chain, long first) {
        this.chain = chain;
        this.next = first;
    }

    /** Number of the block that {@link #next} will return. */
    public long position() {
        return next;
    }

    /** The next serialised block; empty if it is not stored yet, in which case the cursor stays. */
    public Optional<ByteString> next() {
        Optional<ByteString> block = chain.block(next);
        if (block.isPresent()) {
            next++;
        }
        return block;
    }
}
