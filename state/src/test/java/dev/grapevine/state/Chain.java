package dev.grapevine.state;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import java.util.List;

/** A modelled chain of one channel, and trust in it. */
final class Chain {
    static final ChannelId CHANNEL = new ChannelId("mychannel");
    static final MspId ORG = new MspId("Org1MSP");

    private final List<ByteString> blocks;

    private Chain(List<ByteString> blocks) {
        this.blocks = blocks;
    }

    static Chain of(int length, Integer... configs) {
        return new Chain(ModelledCrypto.chain(CHANNEL, length, 200, configs));
    }

    static Chain ofBlocksOf(int bytes, int length) {
        return new Chain(ModelledCrypto.chain(CHANNEL, length, bytes));
    }

    static ModelledCrypto trust() {
        return new ModelledCrypto(ORG).join(CHANNEL, ORG);
    }

    int length() {
        return blocks.size();
    }

    List<ByteString> blocks() {
        return blocks;
    }

    ByteString bytes(long number) {
        return blocks.get((int) number);
    }

    /** A block as somebody verified it while the configuration of block {@code under} was in force. */
    VerifiedBlock block(long number, long under) {
        ModelledCrypto trust = trust();
        trust.configure(CHANNEL, under);
        return verified(trust, number, bytes(number));
    }

    VerifiedBlock block(long number) {
        return block(number, 0);
    }

    static VerifiedBlock verified(ModelledCrypto trust, long number, ByteString bytes) {
        return ((BlockVerdict.Verified) trust.verifyBlock(CHANNEL, number, bytes)).block();
    }
}
