package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** Makes the blocks of a channel one after the other, signed by the modelled ordering service. */
final class ModelledChain {
    private final ChannelId channel;
    private ByteString lastHash = ByteString.EMPTY;
    private long lastConfig;
    private long next;

    ModelledChain(ChannelId channel) {
        this.channel = channel;
    }

    /** The next block, with one transaction of this content. */
    ByteString transaction(ByteString content) {
        ByteString block = ModelledCrypto.block(channel, next++, lastHash, lastConfig, List.of(content));
        try {
            lastHash = BlockHash.ofHeader(Block.parseFrom(block).getHeader());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("we have just made this block", e);
        }
        return block;
    }

    /** The next block, a configuration; the genesis block is one. */
    ByteString configuration() {
        lastConfig = next;
        return transaction(ByteString.copyFromUtf8("configuration"));
    }
}
