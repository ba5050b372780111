package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;

/**
 * Fabric's block verification under one configuration, in Fabric's order of checks, with the well-formedness scan of the
 * releases since 2.5.5. The block is parsed once and its data hashed once.
 *
 * <p>When the signatures fail, the block may still be good under a configuration we do not have yet. That is conceded
 * ({@link BlockVerdict.Premature}) only to blocks beyond the configuration in force which themselves claim that one came in
 * between, or are a configuration block and so do not say which one was in force before them. The claim is part of what
 * orderers sign, but here the signatures cannot be checked: anybody may claim, so what is held must be bounded, and a holder
 * that has applied every configuration before the block's number knows that the claim is false.
 */
final class BlockVerifier {
    private final ChannelConfig config;
    private final long configBlock;

    /** @param configBlock number of the block that holds {@code config} */
    BlockVerifier(ChannelConfig config, long configBlock) {
        this.config = config;
        this.configBlock = configBlock;
    }

    BlockVerdict verify(long number, ByteString bytes) {
        try {
            return verify(number, bytes, parse(bytes));
        } catch (IOException e) {
            return refused("malformed-block", "block " + text(number) + ": " + e.getMessage());
        }
    }

    /** Leaves the transactions where they are in the bytes instead of copying them one by one. */
    private static Block parse(ByteString bytes) throws IOException {
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        Block block = Block.parseFrom(input);
        input.checkLastTagWas(0);
        return block;
    }

    private BlockVerdict verify(long number, ByteString bytes, Block block) throws InvalidProtocolBufferException {
        Optional<Rejection> fault = faultOfForm(number, block);
        if (fault.isPresent()) {
            return new BlockVerdict.Refused(fault.get());
        }
        ByteString headerBytes = BlockHash.headerBytes(block.getHeader());
        BlockSignatures signatures = BlockSignatures.of(block.getMetadata(), headerBytes, config);
        Optional<Rejection> unsigned =
                config.signatures(signatures.signedData()).evaluate(config.policy(ChannelConfig.BLOCK_VALIDATION));
        if (unsigned.isPresent()) {
            return unsatisfied(number, signatures.lastConfig(), unsigned.get());
        }
        boolean isConfig = block.getData().getDataCount() == 1
                && TransactionHeader.of(block.getData().getData(0))
                        .filter(TransactionHeader::isChannelConfiguration)
                        .isPresent();
        return new BlockVerdict.Verified(new VerifiedBlock(
                config.channel(),
                bytes,
                block,
                Sha256.of(headerBytes),
                signatures.lastConfig(),
                isConfig,
                configBlock));
    }

    /** What is wrong with it under any configuration. */
    private Optional<Rejection> faultOfForm(long number, Block block) {
        if (!block.hasHeader()) {
            return fault("no-header", "block " + text(number) + " has no header");
        }
        BlockHeader header = block.getHeader();
        if (header.getNumber() != number) {
            return fault("wrong-number", "claimed to be block " + text(number) + ", is " + text(header.getNumber()));
        }
        List<ByteString> entries = block.getData().getDataList();
        Optional<Rejection> otherChannel = faultOfChannel(number, entries);
        if (otherChannel.isPresent()) {
            return otherChannel;
        }
        if (block.getMetadata().getMetadataCount() == 0) {
            return fault("no-metadata", "block " + text(number) + " has no metadata");
        }
        Optional<Rejection> malformed = TransactionScan.check(entries);
        if (malformed.isPresent()) {
            return malformed;
        }
        return BlockHash.ofData(block).equals(header.getDataHash())
                ? Optional.empty()
                : fault("wrong-data-hash", "the header of block " + text(number) + " is not over its data");
    }

    private Optional<Rejection> faultOfChannel(long number, List<ByteString> entries) {
        if (entries.isEmpty()) {
            return fault("empty-block", "block " + text(number) + " has no transactions");
        }
        ChannelId channel = config.channel();
        String claimed = TransactionHeader.of(entries.get(0))
                .map(TransactionHeader::channel)
                .orElse("");
        return claimed.equals(channel.name())
                ? Optional.empty()
                : fault("wrong-channel", "block " + text(number) + " is of channel '" + claimed + "', not " + channel);
    }

    private BlockVerdict unsatisfied(long number, long lastConfig, Rejection why) {
        boolean ahead = Long.compareUnsigned(number, configBlock + 1) > 0;
        if (ahead && lastConfig == number) {
            return new BlockVerdict.Premature(configBlock + 1);
        }
        boolean claimsNewerConfig =
                Long.compareUnsigned(lastConfig, configBlock) > 0 && Long.compareUnsigned(lastConfig, number) < 0;
        return claimsNewerConfig
                ? new BlockVerdict.Premature(lastConfig)
                : refused("unsigned-block", "block " + text(number) + ": " + why.detail());
    }

    private static Optional<Rejection> fault(String reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }

    private static BlockVerdict refused(String reason, String detail) {
        return new BlockVerdict.Refused(new Rejection(reason, detail));
    }

    private static String text(long number) {
        return Long.toUnsignedString(number);
    }
}
