package dev.grapevine.node.ledger;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Sha256;
import java.util.Arrays;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;

/** Makes the blocks of one channel, one after the other. */
final class TestChain {
    static final ChannelId CHANNEL = new ChannelId("harbour");
    private static final MspId ORG = new MspId("Org1MSP");

    private final ModelledCrypto crypto = new ModelledCrypto(ORG).join(CHANNEL, ORG);

    static ByteString genesis() {
        return ModelledCrypto.block(CHANNEL, 0, ByteString.EMPTY, List.of(payload(0, 100)));
    }

    /** The block that comes after those of {@code chain}: the same each time it is asked for. */
    VerifiedBlock after(long number, ByteString previousHash, int size) {
        return verified(number, ModelledCrypto.block(CHANNEL, number, previousHash, List.of(payload(number, size))));
    }

    VerifiedBlock verified(long number, ByteString bytes) {
        return ((BlockVerdict.Verified) crypto.verifyBlock(CHANNEL, number, bytes)).block();
    }

    /** A payload with a transaction id. */
    static ByteString transaction(String id, String content) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(3)
                .setChannelId(CHANNEL.name())
                .setTxId(id)
                .build();
        Payload payload = Payload.newBuilder()
                .setHeader(Header.newBuilder().setChannelHeader(header.toByteString()))
                .setData(ByteString.copyFromUtf8(content))
                .build();
        return Envelope.newBuilder()
                .setPayload(payload.toByteString())
                .setSignature(ByteString.copyFromUtf8("signed"))
                .build()
                .toByteString();
    }

    /** The same block with metadata as a committing peer would have filled it in. */
    static ByteString asAnotherPeerStores(ByteString block, byte flag) throws Exception {
        Block.Builder builder = Block.parseFrom(block).toBuilder();
        byte[] flags = new byte[builder.getData().getDataCount()];
        Arrays.fill(flags, flag);
        builder.getMetadataBuilder()
                .addMetadata(ByteString.copyFromUtf8("last config"))
                .addMetadata(ByteString.copyFrom(flags))
                .addMetadata(ByteString.copyFromUtf8("orderer"))
                .addMetadata(ByteString.copyFromUtf8("commit hash"));
        return builder.build().toByteString();
    }

    /** A block of just these transactions; only the first must name the channel. */
    VerifiedBlock of(long number, ByteString previousHash, ByteString... transactions) {
        BlockData data =
                BlockData.newBuilder().addAllData(List.of(transactions)).build();
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previousHash)
                .setDataHash(Sha256.of(data.getDataList()))
                .build();
        ByteString signature = Sha256.of(ByteString.copyFromUtf8("modelled orderer"), BlockHash.headerBytes(header));
        Block block = Block.newBuilder()
                .setHeader(header)
                .setData(data)
                .setMetadata(BlockMetadata.newBuilder().addMetadata(signature))
                .build();
        return verified(number, block.toByteString());
    }

    private static ByteString payload(long number, int size) {
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) number);
        return ByteString.copyFrom(payload);
    }
}
