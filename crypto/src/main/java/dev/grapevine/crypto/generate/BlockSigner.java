package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Sha256;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/**
 * Makes and signs blocks as an orderer does. The signature covers the orderer's metadata (the number of the last
 * configuration block, what the consenter adds), its own header and the block's header. As safe for threads as the identity.
 */
public final class BlockSigner {
    private static final int NONCE_BYTES = 24;

    private final SigningIdentity orderer;

    public BlockSigner(SigningIdentity orderer) {
        this.orderer = orderer;
    }

    /**
     * Makes the next block of a chain.
     *
     * @param number the block's number
     * @param previousHash hash of the header of the block before it
     * @param envelopes its transactions, each a serialised common.Envelope
     * @param lastConfig number of the last configuration block; of a configuration block, its own
     */
    public Block make(long number, ByteString previousHash, List<ByteString> envelopes, long lastConfig) {
        BlockHeader header = BlockHeader.newBuilder()
                .setNumber(number)
                .setPreviousHash(previousHash)
                .setDataHash(Sha256.of(envelopes))
                .build();
        return Block.newBuilder()
                .setHeader(header)
                .setData(BlockData.newBuilder().addAllData(envelopes))
                .setMetadata(sign(header, lastConfig))
                .build();
    }

    /** The metadata of a block with this header: signatures, last configuration, and the slots others fill. */
    public BlockMetadata sign(BlockHeader header, long lastConfig) {
        ByteString headerBytes = BlockHash.headerBytes(header);
        LastConfig last = LastConfig.newBuilder().setIndex(lastConfig).build();
        ByteString value =
                OrdererBlockMetadata.newBuilder().setLastConfig(last).build().toByteString();
        // Derived, not drawn: a block's nonce protects nothing, and the same block shall be the same bytes again.
        ByteString nonce = Sha256.of(orderer.serialized(), headerBytes).substring(0, NONCE_BYTES);
        ByteString signatureHeader = SignatureHeader.newBuilder()
                .setCreator(orderer.serialized())
                .setNonce(nonce)
                .build()
                .toByteString();
        Metadata signatures = Metadata.newBuilder()
                .setValue(value)
                .addSignatures(MetadataSignature.newBuilder()
                        .setSignatureHeader(signatureHeader)
                        .setSignature(orderer.sign(value.concat(signatureHeader).concat(headerBytes))))
                .build();
        return BlockMetadata.newBuilder()
                .addMetadata(signatures.toByteString())
                .addMetadata(Metadata.newBuilder()
                        .setValue(last.toByteString())
                        .build()
                        .toByteString())
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .addMetadata(ByteString.EMPTY)
                .build();
    }
}
