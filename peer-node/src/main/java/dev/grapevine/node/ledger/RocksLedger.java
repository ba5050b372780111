package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.Ledger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One channel's chain in RocksDB. As a {@link Ledger} it belongs to the loop; {@link #chain} is for readers on other threads.
 *
 * <p>A failed append (disk full, I/O error, a block that does not follow) ends the chain: every append after it fails with the
 * same cause until the ledger is opened anew.
 */
public final class RocksLedger implements Ledger, AutoCloseable {
    private final ChannelId channel;
    private final Scheduler loop;
    private final Executor readers;
    private final ChainStore store;
    private final Chain chain;
    private final Committer committer;
    private final Meters.Gauge heightGauge;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Tip tip;

    private RocksLedger(
            ChannelId channel, ChainStore store, Runnable sync, Scheduler loop, Executor readers, Meters meters) {
        this.channel = channel;
        this.store = store;
        this.loop = loop;
        this.readers = readers;
        this.chain = new Chain(store);
        this.tip = chain.tip();
        this.heightGauge = meters.gauge("ledger_blockchain_height", "channel", channel.name());
        this.committer = new Committer(channel.name(), store, chain, sync, meters, this::report);
        heightGauge.set((double) tip.height());
    }

    static RocksLedger open(ChannelId channel, ChainStore store, Scheduler loop, Executor readers, Meters meters) {
        return open(channel, store, store::sync, loop, readers, meters);
    }

    /** With another idea of durability than {@link ChainStore#sync}: for tests that show what the sync is good for. */
    static RocksLedger open(
            ChannelId channel, ChainStore store, Runnable sync, Scheduler loop, Executor readers, Meters meters) {
        RocksLedger ledger;
        try {
            ledger = new RocksLedger(channel, store, sync, loop, readers, meters);
        } catch (LedgerException e) {
            store.close();
            throw e;
        }
        ledger.committer.start();
        return ledger;
    }

    /** The channel whose chain this is. */
    public ChannelId channel() {
        return channel;
    }

    /** The durable chain, for readers that may block. */
    public Chain chain() {
        return chain;
    }

    @Override
    public long height() {
        return tip.height();
    }

    @Override
    public ByteString lastHash() {
        return tip.hash();
    }

    @Override
    public void append(VerifiedBlock block, Consumer<@Nullable Throwable> done) {
        if (closed.get()) {
            loop.execute(() -> done.accept(closedFault()));
        } else if (!committer.offer(new Append(block, done))) {
            loop.execute(() -> done.accept(new IllegalStateException("more than " + Committer.MAX_QUEUED
                    + " blocks of channel " + channel + " are waiting for the disk")));
        }
    }

    private void report(Append append, @Nullable Throwable failure) {
        loop.execute(() -> {
            if (failure == null) {
                grow(append.tip());
            }
            append.done().accept(failure);
        });
    }

    private void grow(Tip durable) {
        tip = durable;
        heightGauge.set((double) durable.height());
        listeners.forEach(listener -> listener.accept(durable.height()));
    }

    /**
     * Tells {@code listener} on the loop each time a block has become durable, with the new height. To miss none, register
     * first and read then.
     *
     * @return ends the subscription; may be called from any thread, as this method may
     */
    public Runnable onHeight(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void read(
            long first, long last, long maxBytes, BiConsumer<@Nullable List<ByteString>, @Nullable Throwable> done) {
        try {
            readers.execute(() -> {
                try {
                    List<ByteString> blocks = chain.blocks(first, last, maxBytes);
                    loop.execute(() -> done.accept(blocks, null));
                } catch (RuntimeException e) {
                    loop.execute(() -> done.accept(null, e));
                }
            });
        } catch (RejectedExecutionException busy) {
            loop.execute(() -> done.accept(null, busy));
        }
    }

    private IllegalStateException closedFault() {
        return new IllegalStateException("the ledger of channel " + channel + " is closed");
    }

    /** Writes what was appended, waits for readers and releases the files. Blocks; not for the loop. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            committer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
