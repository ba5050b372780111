package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.config.Consenter;
import dev.grapevine.crypto.policy.SignedData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.IdentifierHeader;
import org.hyperledger.fabric.protos.common.LastConfig;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.OrdererBlockMetadata;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/**
 * What the orderers of a block have signed.
 *
 * @param signedData one entry per signature, except those of consenters that the configuration does not know
 * @param lastConfig number of the last configuration block, as the signed metadata says
 */
record BlockSignatures(List<SignedData> signedData, long lastConfig) {
    private static final int SIGNATURES = 0;
    private static final int LAST_CONFIG = 1;

    /** @throws InvalidProtocolBufferException if the metadata or a header in it is malformed, which fails the block */
    static BlockSignatures of(BlockMetadata blockMetadata, ByteString headerBytes, ChannelConfig config)
            throws InvalidProtocolBufferException {
        Metadata metadata = Metadata.parseFrom(blockMetadata.getMetadata(SIGNATURES));
        List<SignedData> signedData = new ArrayList<>();
        for (MetadataSignature signature : metadata.getSignaturesList()) {
            boolean byNumber = config.capabilities().isBft()
                    && signature.getSignatureHeader().isEmpty()
                    && !signature.getIdentifierHeader().isEmpty();
            ByteString signatureHeader = byNumber ? signature.getIdentifierHeader() : signature.getSignatureHeader();
            ByteString data = metadata.getValue().concat(signatureHeader).concat(headerBytes);
            Optional<ByteString> signer = byNumber
                    ? consenter(signatureHeader, config)
                    : Optional.of(SignatureHeader.parseFrom(signatureHeader).getCreator());
            signer.ifPresent(identity -> signedData.add(new SignedData(identity, data, signature.getSignature())));
        }
        return new BlockSignatures(signedData, lastConfig(metadata, blockMetadata));
    }

    private static Optional<ByteString> consenter(ByteString identifierHeader, ChannelConfig config)
            throws InvalidProtocolBufferException {
        int id = IdentifierHeader.parseFrom(identifierHeader).getIdentifier();
        return config.orderer().flatMap(orderer -> orderer.consenter(id)).map(Consenter::identity);
    }

    /** Before release 1.4.1 orderers wrote the number into a slot of its own. */
    private static long lastConfig(Metadata signatures, BlockMetadata blockMetadata)
            throws InvalidProtocolBufferException {
        if (!signatures.getValue().isEmpty()) {
            return OrdererBlockMetadata.parseFrom(signatures.getValue())
                    .getLastConfig()
                    .getIndex();
        }
        if (blockMetadata.getMetadataCount() <= LAST_CONFIG) {
            return 0;
        }
        Metadata slot = Metadata.parseFrom(blockMetadata.getMetadata(LAST_CONFIG));
        return LastConfig.parseFrom(slot.getValue()).getIndex();
    }
}
