package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Sha256;
import java.security.SecureRandom;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** Makes and signs what an ordering node makes: blocks, and the envelopes of configurations. */
final class BlockMaker {
    private static final int NONCE_BYTES = 24;

    private final SigningIdentity self;
    private final SecureRandom random = new SecureRandom();

    BlockMaker(SigningIdentity self) {
        this.self = self;
    }

    /**
     * The next block.
     *
     * @param previous header of the block before it
     * @param lastConfig number of the last configuration block, which may be this one
     */
    Block block(BlockHeader previous, long lastConfig, List<ByteString> entries) {
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(previous.getNumber() + 1)
                .setPreviousHash(BlockHash.ofHeader(previous))
                .setDataHash(Sha256.of(entries))
                .build();
        LastConfig config = LastConfig.newBuilder().setIndex(lastConfig).build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(BlockData.newBuilder().addAllData(entries))
                .setMetadata(BlockMetadata.newBuilder()
                        .addMetadata(signed(header, config).toByteString())
                        .addMetadata(Metadata.newBuilder()
                                .setValue(config.toByteString())
                                .build()
                                .toByteString())
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY)
                        .addMetadata(ByteString.EMPTY))
                .build();
    }

    /** The signature covers the number of the last configuration too, so that nobody can misdate a block's policies. */
    private Metadata signed(BlockHeader header, LastConfig config) {
        ByteString value =
                OrdererBlockMetadata.newBuilder().setLastConfig(config).build().toByteString();
        ByteString signatureHeader = signatureHeader().toByteString();
        ByteString covered = value.concat(signatureHeader).concat(BlockHash.headerBytes(header));
        return Metadata.newBuilder()
                .setValue(value)
                .addSignatures(MetadataSignature.newBuilder()
                        .setSignatureHeader(signatureHeader)
                        .setSignature(self.sign(covered)))
                .build();
    }

    /** A configuration in the envelope that stands in a configuration block. */
    Envelope configuration(String channel, ConfigEnvelope configuration) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(HeaderType.CONFIG_VALUE)
                .setChannelId(channel)
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(signatureHeader().toByteString()))
                .setData(configuration.toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(self.sign(payload))
                .build();
    }

    private SignatureHeader signatureHeader() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return SignatureHeader.newBuilder()
                .setCreator(self.serialized())
                .setNonce(ByteString.copyFrom(nonce))
                .build();
    }
}
