package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.jspecify.annotations.Nullable;

/**
 * What a block's reader needs of a transaction's channel header. Read with Go's leniency (of repeated fields the last one
 * counts, repeated headers merge, unknown fields nest deeply), because every peer must read the same out of the same bytes.
 *
 * @param type a common.HeaderType, or any other number
 * @param channel the channel the transaction says it is for; possibly empty, possibly no legal name
 * @param transactionId the transaction's identifier; empty for configurations
 */
public record TransactionHeader(int type, String channel, String transactionId) {
    /** A configuration wrapped for the system channel; the bindings mark its name as deprecated. */
    private static final int ORDERER_TRANSACTION = 4;

    /**
     * Reads the channel header of a serialised common.Envelope.
     *
     * @return nothing if Fabric would not be able to read it: not an envelope, no header, malformed UTF-8
     */
    public static Optional<TransactionHeader> of(ByteString envelope) {
        ByteString payload = lastBytes(envelope, 1, ByteString.EMPTY);
        ByteString channelHeader = payload == null ? null : channelHeaderIn(payload);
        return channelHeader == null ? Optional.empty() : parse(channelHeader);
    }

    /** Whether it is a channel's configuration. */
    public boolean isChannelConfiguration() {
        return type == HeaderType.CONFIG_VALUE;
    }

    /** Whether it is a channel configuration, or, from the days of system channels, carries one. */
    boolean isConfiguration() {
        return isChannelConfiguration() || type == ORDERER_TRANSACTION;
    }

    private static @Nullable ByteString lastBytes(ByteString message, int number, ByteString otherwise) {
        FieldCursor fields = new FieldCursor(message);
        ByteString last = otherwise;
        while (fields.next()) {
            if (fields.isBytes(number)) {
                last = fields.value();
            }
        }
        return fields.isWellFormed() ? last : null;
    }

    private static @Nullable ByteString channelHeaderIn(ByteString payload) {
        FieldCursor fields = new FieldCursor(payload);
        ByteString channelHeader = null;
        while (fields.next()) {
            if (fields.isBytes(1)) {
                channelHeader = lastBytes(fields.value(), 1, channelHeader == null ? ByteString.EMPTY : channelHeader);
                if (channelHeader == null) {
                    return null;
                }
            }
        }
        return fields.isWellFormed() ? channelHeader : null;
    }

    private static Optional<TransactionHeader> parse(ByteString channelHeader) {
        FieldCursor fields = new FieldCursor(channelHeader);
        int type = 0;
        ByteString channel = ByteString.EMPTY;
        ByteString transactionId = ByteString.EMPTY;
        boolean legible = true;
        while (fields.next()) {
            if (fields.isVarint(1)) {
                type = (int) fields.varintValue();
            } else if (fields.isBytes(3)) {
                legible &= isMessage(fields.value());
            } else if (fields.isBytes(4)) {
                channel = fields.value();
                legible &= channel.isValidUtf8();
            } else if (fields.isBytes(5)) {
                transactionId = fields.value();
                legible &= transactionId.isValidUtf8();
            }
        }
        return legible && fields.isWellFormed()
                ? Optional.of(new TransactionHeader(type, channel.toStringUtf8(), transactionId.toStringUtf8()))
                : Optional.empty();
    }

    private static boolean isMessage(ByteString bytes) {
        FieldCursor fields = new FieldCursor(bytes);
        while (fields.next()) {
            // The cursor checks each field as it passes it.
        }
        return fields.isWellFormed();
    }
}
