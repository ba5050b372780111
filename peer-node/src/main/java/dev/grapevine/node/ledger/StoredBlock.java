package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * The form in which blocks are kept and served: header, data and orderer signatures as they came, every transaction marked
 * NOT_VALIDATED and no commit hash. Those two metadata entries are what a committing peer says of a block, they are not
 * signed by anybody, and this peer does not validate transactions: it must repeat no other peer's claim.
 */
final class StoredBlock {
    private static final byte NOT_VALIDATED = (byte) TxValidationCode.NOT_VALIDATED_VALUE;

    private StoredBlock() {}

    /** Only the fields Fabric knows are kept: nothing else of a block is covered by a hash or a signature. */
    static Block of(Block received) {
        BlockHeader header = received.getHeader();
        BlockMetadata.Builder metadata =
                BlockMetadata.newBuilder().addAllMetadata(received.getMetadata().getMetadataList());
        while (metadata.getMetadataCount() <= BlockMetadataIndex.COMMIT_HASH_VALUE) {
            metadata.addMetadata(ByteString.EMPTY);
        }
        metadata.setMetadata(
                BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE,
                notValidated(received.getData().getDataCount()));
        metadata.setMetadata(BlockMetadataIndex.COMMIT_HASH_VALUE, ByteString.EMPTY);
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder()
                        .setNumber(header.getNumber())
                        .setPreviousHash(header.getPreviousHash())
                        .setDataHash(header.getDataHash()))
                .setData(BlockData.newBuilder().addAllData(received.getData().getDataList()))
                .setMetadata(metadata)
                .build();
    }

    private static ByteString notValidated(int transactions) {
        byte[] filter = new byte[transactions];
        Arrays.fill(filter, NOT_VALIDATED);
        return ByteString.copyFrom(filter);
    }

    /** The id a transaction goes by; empty if it has none or does not parse, which only keeps it out of the index. */
    static Optional<String> transactionId(ByteString transaction) {
        return channelHeader(transaction).map(ChannelHeader::getTxId).filter(id -> !id.isEmpty());
    }

    /** Whether the block's single transaction is a channel configuration. */
    static boolean isConfiguration(Block block) {
        return block.getData().getDataCount() == 1
                && channelHeader(block.getData().getData(0))
                        .filter(header -> header.getType() == HeaderType.CONFIG_VALUE)
                        .isPresent();
    }

    private static Optional<ChannelHeader> channelHeader(ByteString transaction) {
        try {
            Payload payload = Payload.parseFrom(Envelope.parseFrom(transaction).getPayload());
            return Optional.of(ChannelHeader.parseFrom(payload.getHeader().getChannelHeader()));
        } catch (InvalidProtocolBufferException notOurs) {
            // Orderers order what clients send (specification 13.3): such an entry is stored like any other.
            return Optional.empty();
        }
    }
}
