package dev.grapevine.node.ledger;

import dev.grapevine.proto.ChannelId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Words for what can go wrong with a chain on disk, each with what to do about it. */
final class LedgerFaults {
    private LedgerFaults() {}

    static LedgerException notOpened(ChannelId channel, Path folder, RocksDBException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("lock")
                ? new LedgerException(
                        "the ledger of channel " + channel + " in " + folder + " is in use by another process ("
                                + message + "); stop that one, or give this node a peer.fileSystemPath of its own",
                        cause)
                : of(channel, folder, cause);
    }

    static LedgerException of(ChannelId channel, Path folder, RocksDBException cause) {
        Status status = cause.getStatus();
        boolean corrupt = status != null && status.getCode() == Status.Code.Corruption;
        return corrupt
                ? damaged(channel, folder, String.valueOf(cause.getMessage()), cause)
                : new LedgerException(
                        "the disk under the ledger of channel " + channel + " in " + folder + " failed: "
                                + cause.getMessage() + "; check its free space and health, then start the node again",
                        cause);
    }

    static LedgerException damaged(ChannelId channel, Path folder, String what, @Nullable Throwable cause) {
        return new LedgerException(
                "the ledger of channel " + channel + " in " + folder + " is damaged: " + what
                        + "; stop the node, move that folder away and join the channel again: the blocks come back from"
                        + " other peers and the ordering service",
                cause);
    }
}
