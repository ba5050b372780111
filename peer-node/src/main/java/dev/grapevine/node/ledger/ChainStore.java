package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.grapevine.proto.ChannelId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One chain's tables. Any thread may read; one thread writes. Closing waits for readers, because reading a closed RocksDB takes
 * the whole process down.
 */
final class ChainStore implements AutoCloseable {
    private final ChannelId channel;
    private final Path folder;
    private final RocksTables tables;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private ChainStore(ChannelId channel, Path folder, RocksTables tables) {
        this.channel = channel;
        this.folder = folder;
        this.tables = tables;
    }

    /** @throws LedgerException if the database does not open */
    static ChainStore open(ChannelId channel, Path folder) {
        try {
            return new ChainStore(channel, folder, RocksTables.open(folder));
        } catch (RocksDBException e) {
            throw LedgerFaults.notOpened(channel, folder, e);
        }
    }

    /** Something that is done with the open database. */
    private interface Use<T> {
        T with(RocksTables open) throws RocksDBException;
    }

    private <T> T use(Use<T> action) {
        Lock shared = lock.readLock();
        shared.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the ledger of channel " + channel + " is closed");
            }
            return action.with(tables);
        } catch (RocksDBException e) {
            throw LedgerFaults.of(channel, folder, e);
        } finally {
            shared.unlock();
        }
    }

    /** The highest block number present; empty in a database without blocks. */
    Optional<Long> last() {
        return use(open -> {
            try (RocksIterator blocks = open.db().newIterator(open.blocks())) {
                blocks.seekToLast();
                Optional<Long> last = blocks.isValid() ? Optional.of(Keys.number(blocks.key())) : Optional.empty();
                blocks.status();
                return last;
            }
        });
    }

    Optional<ByteString> block(long number) {
        return use(open -> wrap(open.db().get(open.blocks(), Keys.number(number))));
    }

    Optional<Long> numberOf(ByteString headerHash) {
        return use(open -> wrap(open.db().get(open.hashes(), headerHash.toByteArray()))
                .map(value -> Keys.number(value.toByteArray())));
    }

    /** The first place where a transaction of this id is stored; ids can repeat, validation is what tells them apart. */
    Optional<TransactionPosition> positionOf(String transactionId) {
        ByteString prefix = Keys.transactionPrefix(transactionId);
        return use(open -> {
            try (RocksIterator entries = open.db().newIterator(open.transactions())) {
                entries.seek(prefix.toByteArray());
                boolean found =
                        entries.isValid() && ByteString.copyFrom(entries.key()).startsWith(prefix);
                Optional<TransactionPosition> position =
                        found ? Optional.of(Keys.position(entries.key())) : Optional.empty();
                entries.status();
                return position;
            }
        });
    }

    boolean isIndexed(String transactionId, TransactionPosition position) {
        return use(open -> open.db().get(open.transactions(), Keys.transaction(transactionId, position)) != null);
    }

    /** Number of the newest configuration block; 0 until there is one after the genesis block. */
    long lastConfig() {
        return use(open -> wrap(open.db().get(open.notes(), Keys.LAST_CONFIG))
                .map(value -> Keys.number(value.toByteArray()))
                .orElse(0L));
    }

    private static Optional<ByteString> wrap(byte @Nullable [] value) {
        return Optional.ofNullable(value).map(UnsafeByteOperations::unsafeWrap);
    }

    Block parse(long number, ByteString stored) {
        try {
            return Block.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw damaged("block " + number + " does not parse", e);
        }
    }

    /** Writes a block and its index entries, all or nothing. Not durable before {@link #sync}. Returns its stored size. */
    int write(Block block, ByteString headerHash) {
        long number = block.getHeader().getNumber();
        byte[] value = block.toByteArray();
        use(open -> {
            try (WriteBatch batch = new WriteBatch();
                    WriteOptions unsynced = new WriteOptions()) {
                batch.put(open.blocks(), Keys.number(number), value);
                batch.put(open.hashes(), headerHash.toByteArray(), Keys.number(number));
                for (int index = 0; index < block.getData().getDataCount(); index++) {
                    Optional<String> id =
                            StoredBlock.transactionId(block.getData().getData(index));
                    if (id.isPresent()) {
                        byte[] key = Keys.transaction(id.get(), new TransactionPosition(number, index));
                        batch.put(open.transactions(), key, new byte[0]);
                    }
                }
                if (StoredBlock.isConfiguration(block)) {
                    batch.put(open.notes(), Keys.LAST_CONFIG, Keys.number(number));
                }
                open.db().write(unsynced, batch);
                return null;
            }
        });
        return value.length;
    }

    /** Makes everything written so far survive a crash of the process and of the machine. */
    void sync() {
        use(open -> {
            open.db().flushWal(true);
            return null;
        });
    }

    LedgerException damaged(String what, @Nullable Throwable cause) {
        return LedgerFaults.damaged(channel, folder, what, cause);
    }

    @Override
    public void close() {
        Lock exclusive = lock.writeLock();
        exclusive.lock();
        try {
            if (!closed) {
                closed = true;
                tables.close();
            }
        } finally {
            exclusive.unlock();
        }
    }
}
