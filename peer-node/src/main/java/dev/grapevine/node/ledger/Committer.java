package dev.grapevine.node.ledger;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Meters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes one chain. It takes whatever is queued, writes it block by block, syncs the log once and then reports
 * them all: under load one sync serves many blocks, without load a block waits for nobody.
 */
final class Committer implements AutoCloseable {
    /** More blocks than this under way is a fault of the caller, who is to keep few. */
    static final int MAX_QUEUED = 4096;
    /** A group ends here, so that the first of it does not wait long for its sync. */
    private static final int GROUP_BYTES = 16 << 20;

    private final BlockingQueue<Optional<Append>> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
    private final ChainStore store;
    private final Chain chain;
    private final Runnable sync;
    private final BiConsumer<Append, @Nullable Throwable> report;
    private final Thread thread;
    private final Meters.Counter syncs;
    private final Meters.Counter bytes;
    private final Meters.Histogram commitTime;
    private Tip written;
    private @Nullable RuntimeException failure;
    private boolean stopping;

    /**
     * @param sync makes durable what was written
     * @param report told the outcome of each append, in order, on this thread
     */
    Committer(
            String channel,
            ChainStore store,
            Chain chain,
            Runnable sync,
            Meters meters,
            BiConsumer<Append, @Nullable Throwable> report) {
        this.store = store;
        this.chain = chain;
        this.sync = sync;
        this.report = report;
        this.written = chain.tip();
        this.syncs = meters.counter("ledger_wal_syncs", "channel", channel);
        this.bytes = meters.counter("ledger_appended_bytes", "channel", channel);
        this.commitTime = meters.histogram("ledger_blockstorage_commit_time", "channel", channel);
        this.thread = new Thread(this::run, "ledger-" + channel);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Queues a block; false if there is no room. */
    boolean offer(Append append) {
        return queue.offer(Optional.of(append));
    }

    private void run() {
        try {
            while (!stopping) {
                commit(nextGroup());
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that is being torn down; what was not acknowledged may be lost.
            Thread.currentThread().interrupt();
        }
    }

    private List<Append> nextGroup() throws InterruptedException {
        List<Append> group = new ArrayList<>();
        int size = 0;
        Optional<Append> next = queue.take();
        while (next != null) {
            if (next.isEmpty()) {
                stopping = true;
                break;
            }
            group.add(next.get());
            size += next.get().size();
            next = size < GROUP_BYTES ? queue.poll() : null;
        }
        return group;
    }

    private void commit(List<Append> group) {
        long start = System.nanoTime();
        int good = writeAll(group);
        if (good > 0 && syncAll()) {
            chain.advance(group.get(good - 1).tip());
            commitTime.observe((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
        } else {
            good = 0;
        }
        for (int index = 0; index < group.size(); index++) {
            report.accept(group.get(index), index < good ? null : failure);
        }
    }

    private int writeAll(List<Append> group) {
        int good = 0;
        try {
            while (failure == null && good < group.size()) {
                write(group.get(good).block());
                good++;
            }
        } catch (RuntimeException e) {
            failure = e;
        }
        return good;
    }

    private void write(VerifiedBlock block) {
        if (block.number() != written.height()) {
            throw new IllegalArgumentException("the next block is " + written.height() + ", not " + block);
        }
        if (!block.previousHash().equals(written.hash())) {
            throw new IllegalArgumentException(
                    block + " does not follow the block before it: its previous hash is another");
        }
        bytes.add(store.write(StoredBlock.of(block.block()), block.headerHash()));
        written = new Tip(block.number() + 1, block.headerHash());
    }

    private boolean syncAll() {
        try {
            sync.run();
            syncs.increment();
            return true;
        } catch (RuntimeException e) {
            failure = e;
            return false;
        }
    }

    /** Finishes what is queued, then ends. */
    @Override
    public void close() throws InterruptedException {
        queue.put(Optional.empty());
        thread.join();
    }
}
