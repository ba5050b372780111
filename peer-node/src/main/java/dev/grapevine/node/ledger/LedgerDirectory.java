package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's ledgers: one folder per channel below one root. Blocking file operations; call it where blocking is allowed. Safe
 * from any thread as long as one channel is created, left or opened by one thread at a time.
 */
public final class LedgerDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDirectory.class);
    private static final int READERS = 2;
    /** Reads that wait; more are refused, and whoever asked for them asks again or asks another peer. */
    private static final int MAX_WAITING_READS = 256;

    private final ChannelFolders folders;
    private final Meters meters;
    private final ThreadPoolExecutor readers;

    private LedgerDirectory(ChannelFolders folders, Meters meters) {
        this.folders = folders;
        this.meters = meters;
        this.readers = new ThreadPoolExecutor(
                READERS, READERS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_READS), task -> {
                    Thread reader = new Thread(task, "ledger-reader");
                    reader.setDaemon(true);
                    return reader;
                });
        readers.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens the root folder, makes it if need be, and clears away what a crash left of a channel half created.
     *
     * @throws IOException if the folder cannot be made or read
     */
    public static LedgerDirectory open(Path root, Meters meters) throws IOException {
        return new LedgerDirectory(ChannelFolders.open(root), meters);
    }

    /** The channels this node has joined and not left, by name. */
    public List<ChannelId> joined() throws IOException {
        return folders.list(false);
    }

    /** The channels this node has left; their chains are kept. */
    public List<ChannelId> left() throws IOException {
        return folders.list(true);
    }

    /** Whether there is a chain of this channel, left or not. */
    public boolean contains(ChannelId channel) {
        return folders.exists(channel);
    }

    /**
     * Makes a ledger with the genesis block as its first. After a crash there is either the whole of it or nothing. Whether it
     * is a sensible genesis block of that channel is for the caller to check.
     *
     * @param genesis a serialised common.Block with number 0
     * @throws IllegalArgumentException if that is not the first block of a chain
     * @throws IllegalStateException if there is a ledger of this channel already
     */
    public void create(ChannelId channel, ByteString genesis) throws IOException {
        Block block = firstBlock(channel, genesis);
        if (contains(channel)) {
            throw new IllegalStateException("there is a ledger of channel " + channel + " already");
        }
        Path unfinished = folders.begin(channel);
        try (ChainStore store = ChainStore.open(channel, unfinished)) {
            store.write(StoredBlock.of(block), BlockHash.ofHeader(block.getHeader()));
            store.sync();
        }
        folders.finish(channel);
        LOG.info("created the ledger of channel {}", channel);
    }

    private static Block firstBlock(ChannelId channel, ByteString genesis) {
        try {
            Block block = Block.parseFrom(genesis);
            if (block.getHeader().getNumber() != 0
                    || !block.getHeader().getPreviousHash().isEmpty()
                    || !block.getHeader().getDataHash().equals(BlockHash.ofData(block))) {
                throw new IllegalArgumentException("not the genesis block of a chain (channel " + channel
                        + "): it must have number 0, no previous hash and the hash of its data");
            }
            return block;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a block (channel " + channel + "): " + e.getMessage(), e);
        }
    }

    /**
     * Opens a channel's ledger and checks its end. One process may have it open at a time.
     *
     * @param loop where its answers go
     * @throws LedgerException if it is damaged or in use; the message says what to do
     */
    public RocksLedger open(ChannelId channel, Scheduler loop) {
        if (!contains(channel)) {
            throw new IllegalStateException("there is no ledger of channel " + channel + "; join the channel first");
        }
        RocksLedger ledger =
                RocksLedger.open(channel, ChainStore.open(channel, folders.of(channel)), loop, readers, meters);
        LOG.info("opened the ledger of channel {} at height {}", channel, ledger.height());
        return ledger;
    }

    /** Notes that the channel is left: it is not listed as joined any more; its chain stays. Close its ledger first. */
    public void leave(ChannelId channel) throws IOException {
        folders.markLeft(channel);
    }

    /** Takes a channel back that was left, with the chain as far as it went. */
    public void rejoin(ChannelId channel) throws IOException {
        folders.markJoined(channel);
    }

    /** Ends the reading threads. Ledgers are closed by whoever opened them, before this. */
    @Override
    public void close() {
        readers.shutdownNow();
    }
}
