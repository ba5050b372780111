package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/**
 * A chain as its readers see it: what is durable, in the form in which it is served. Every method reads from disk and blocks
 * its thread; any thread may call, the node's loop should not.
 *
 * <p>All methods throw {@link LedgerException} if the disk fails or what it holds is damaged, and {@link
 * IllegalStateException} once the ledger is closed.
 */
public final class Chain {
    /** How far back a chain is checked when it is opened. */
    private static final int TAIL = 16;

    private final ChainStore store;
    private volatile Tip tip;

    Chain(ChainStore store) {
        this.store = store;
        this.tip = recover(store);
    }

    private static Tip recover(ChainStore store) {
        Optional<Long> last = store.last();
        if (last.isEmpty()) {
            return Tip.NONE;
        }
        long height = last.get() + 1;
        new ChainAudit(store).run(Math.max(0, height - TAIL), height);
        Block block = store.parse(last.get(), store.block(last.get()).orElseThrow());
        return new Tip(height, BlockHash.ofHeader(block.getHeader()));
    }

    Tip tip() {
        return tip;
    }

    void advance(Tip durable) {
        tip = durable;
    }

    /** Number of blocks durably stored. */
    public long height() {
        return tip.height();
    }

    /** Height and the last two header hashes. */
    public ChainInfo info() {
        Tip now = tip;
        ByteString previous = now.height() == 0
                ? ByteString.EMPTY
                : store.parse(now.height() - 1, block(now.height() - 1).orElseThrow())
                        .getHeader()
                        .getPreviousHash();
        return new ChainInfo(now.height(), now.hash(), previous);
    }

    /** The serialised common.Block of this number (unsigned). */
    public Optional<ByteString> block(long number) {
        return isDurable(number) ? store.block(number) : Optional.empty();
    }

    /** The serialised common.Block with this header hash. */
    public Optional<ByteString> blockByHash(ByteString headerHash) {
        return store.numberOf(headerHash).flatMap(this::block);
    }

    /** The block that holds the (first) transaction of this id. */
    public Optional<ByteString> blockByTransaction(String transactionId) {
        return store.positionOf(transactionId).flatMap(position -> block(position.block()));
    }

    /** The (first) transaction of this id. */
    public Optional<StoredTransaction> transaction(String transactionId) {
        return store.positionOf(transactionId)
                .flatMap(position -> block(position.block())
                        .map(stored -> new StoredTransaction(
                                store.parse(position.block(), stored).getData().getData(position.index()),
                                position.block(),
                                position.index())));
    }

    /**
     * Consecutive serialised blocks from {@code first} on, up to and including {@code last}, as far as they are stored and fit
     * {@code maxBytes}; at least one if there is one.
     */
    public List<ByteString> blocks(long first, long last, long maxBytes) {
        List<ByteString> found = new ArrayList<>();
        long bytes = 0;
        long number = first;
        while (Long.compareUnsigned(number, last) <= 0 && isDurable(number)) {
            ByteString block = block(number).orElseThrow();
            bytes += block.size();
            if (bytes > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(block);
            number++;
        }
        return found;
    }

    /** Reads on from a block number, as a Deliver client does. */
    public ChainCursor from(long number) {
        return new ChainCursor(this, number);
    }

    /** Number of the newest configuration block. */
    public long lastConfig() {
        return store.lastConfig();
    }

    /**
     * Reads the whole chain and checks every link, every data hash and every index entry.
     *
     * @throws LedgerException at the first thing that is wrong
     */
    public AuditReport verify() {
        return new ChainAudit(store).run(0, height());
    }

    private boolean isDurable(long number) {
        return Long.compareUnsigned(number, tip.height()) < 0;
    }
}
