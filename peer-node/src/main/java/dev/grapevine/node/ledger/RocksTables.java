package dev.grapevine.node.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** The open database of one chain: its tables and how RocksDB is told to keep them. */
final class RocksTables implements AutoCloseable {
    private static final long MIB = 1L << 20;

    private final DBOptions options = new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            // The log stays in this process until it is flushed and synced in one go: no write reaches the disk twice,
            // and
            // whoever forgot the sync would lose blocks to a mere SIGKILL, not only to a power cut.
            .setManualWalFlush(true)
            // A torn last record is what a crash leaves; anything else wrong in the log must be refused, not skipped.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setAtomicFlush(true)
            .setMaxTotalWalSize(128 * MIB)
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(512)
            .setMaxLogFileSize(MIB)
            .setKeepLogFileNum(2);
    private final ColumnFamilyOptions small =
            new ColumnFamilyOptions().setWriteBufferSize(8 * MIB).setCompressionType(CompressionType.NO_COMPRESSION);
    private final ColumnFamilyOptions large = new ColumnFamilyOptions()
            .setWriteBufferSize(32 * MIB)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            // Blocks go to blob files: compactions then move keys of eight bytes instead of megabytes.
            .setEnableBlobFiles(true)
            .setMinBlobSize(0);
    private final List<ColumnFamilyHandle> handles = new ArrayList<>();
    private final RocksDB db;

    private RocksTables(Path folder) throws RocksDBException {
        List<ColumnFamilyDescriptor> tables = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, small),
                new ColumnFamilyDescriptor(name("blocks"), large),
                new ColumnFamilyDescriptor(name("hashes"), small),
                new ColumnFamilyDescriptor(name("transactions"), small));
        try {
            db = RocksDB.open(options, folder.toString(), tables, handles);
        } catch (RocksDBException e) {
            closeOptions();
            throw e;
        }
    }

    static RocksTables open(Path folder) throws RocksDBException {
        RocksDB.loadLibrary();
        return new RocksTables(folder);
    }

    private static byte[] name(String table) {
        return table.getBytes(StandardCharsets.UTF_8);
    }

    RocksDB db() {
        return db;
    }

    /** Single values: what is known of the chain as a whole. */
    ColumnFamilyHandle notes() {
        return handles.get(0);
    }

    /** Block number to serialised block. */
    ColumnFamilyHandle blocks() {
        return handles.get(1);
    }

    /** Header hash to block number. */
    ColumnFamilyHandle hashes() {
        return handles.get(2);
    }

    /** Transaction id, block and position; no value. */
    ColumnFamilyHandle transactions() {
        return handles.get(3);
    }

    @Override
    public void close() {
        handles.forEach(ColumnFamilyHandle::close);
        db.close();
        closeOptions();
    }

    private void closeOptions() {
        options.close();
        small.close();
        large.close();
    }
}
