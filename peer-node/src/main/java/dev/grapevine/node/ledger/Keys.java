package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How things are called in the database. Numbers are big-endian, so that keys sort as the numbers do. */
final class Keys {
    static final byte[] LAST_CONFIG = "last-config".getBytes(StandardCharsets.UTF_8);
    /** The transaction index: the digest of an id (whatever length a client gave it), then block number and position. */
    static final int TRANSACTION_PREFIX = Sha256.LENGTH;

    private Keys() {}

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static ByteString transactionPrefix(String id) {
        return Sha256.of(ByteString.copyFromUtf8(id));
    }

    static byte[] transaction(String id, TransactionPosition position) {
        return ByteBuffer.allocate(TRANSACTION_PREFIX + Long.BYTES + Integer.BYTES)
                .put(transactionPrefix(id).asReadOnlyByteBuffer())
                .putLong(position.block())
                .putInt(position.index())
                .array();
    }

    static TransactionPosition position(byte[] transactionKey) {
        ByteBuffer rest = ByteBuffer.wrap(transactionKey).position(TRANSACTION_PREFIX);
        return new TransactionPosition(rest.getLong(), rest.getInt());
    }
}
