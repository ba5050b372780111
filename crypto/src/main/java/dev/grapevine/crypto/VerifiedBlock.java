package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import org.hyperledger.fabric.protos.common.Block;

/**
 * A block whose signatures, hashes and form were checked. Only this room makes one; the emitter, the stores, the buffer and
 * the ledger accept nothing else.
 */
public final class VerifiedBlock {
    private final ChannelId channel;
    private final ByteString bytes;
    private final Block block;
    private final ByteString headerHash;
    private final long lastConfig;
    private final boolean config;
    private final long verifiedUnder;

    VerifiedBlock(
            ChannelId channel,
            ByteString bytes,
            Block block,
            ByteString headerHash,
            long lastConfig,
            boolean config,
            long verifiedUnder) {
        this.channel = channel;
        this.bytes = bytes;
        this.block = block;
        this.headerHash = headerHash;
        this.lastConfig = lastConfig;
        this.config = config;
        this.verifiedUnder = verifiedUnder;
    }

    /** The same block in equal bytes that lie elsewhere. */
    VerifiedBlock withBytes(ByteString same) {
        return new VerifiedBlock(channel, same, block, headerHash, lastConfig, config, verifiedUnder);
    }

    public ChannelId channel() {
        return channel;
    }

    public long number() {
        return block.getHeader().getNumber();
    }

    /** The serialised common.Block as it was received: what is passed on and what is stored derives from these bytes. */
    public ByteString bytes() {
        return bytes;
    }

    public Block block() {
        return block;
    }

    /** SHA-256 of the DER form of the header: the block's hash. */
    public ByteString headerHash() {
        return headerHash;
    }

    public ByteString previousHash() {
        return block.getHeader().getPreviousHash();
    }

    /** Number of the last configuration block at or before this one, as its orderers signed it. */
    public long lastConfig() {
        return lastConfig;
    }

    /** Whether its single transaction is a channel configuration. */
    public boolean isConfig() {
        return config;
    }

    /**
     * Number of the configuration block whose policies it was verified against. When a newer one has been applied since,
     * verify again before committing.
     */
    public long verifiedUnder() {
        return verifiedUnder;
    }

    @Override
    public String toString() {
        return channel + "#" + Long.toUnsignedString(number());
    }
}
