package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;

/** Blocks that services can be asked for; nobody verifies them. */
final class TestBlocks {
    private TestBlocks() {}

    /** A block with one transaction, {@code tx-NUMBER}. */
    static Block block(long number) {
        return block(number, transaction("tx-" + number, HeaderType.MESSAGE, ByteString.EMPTY));
    }

    static Block block(long number, ByteString... entries) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number))
                .setData(BlockData.newBuilder().addAllData(List.of(entries)))
                .setMetadata(BlockMetadata.newBuilder())
                .build();
    }

    static ByteString transaction(String id, HeaderType type, ByteString data) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setChannelId("lab")
                .setTxId(id)
                .setType(type.getNumber())
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                        .setData(data)
                        .build()
                        .toByteString())
                .build()
                .toByteString();
    }

    static List<String> transactionIds(Block block) {
        List<String> ids = new ArrayList<>();
        for (ByteString entry : block.getData().getDataList()) {
            try {
                Payload payload = Payload.parseFrom(Envelope.parseFrom(entry).getPayload());
                ids.add(ChannelHeader.parseFrom(payload.getHeader().getChannelHeader())
                        .getTxId());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return ids;
    }
}
