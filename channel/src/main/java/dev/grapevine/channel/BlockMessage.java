package dev.grapevine.channel;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;

/** Blocks in gossip messages. */
final class BlockMessage {
    /** What an honest sender needs around a block: channel name, numbers, lengths. */
    private static final int MAX_OVERHEAD_BYTES = 512;

    private BlockMessage() {}

    /** The message that pushes a block. */
    static SignedGossipMessage of(VerifiedBlock block) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setChannel(block.channel().bytes())
                .setTag(GossipMessage.Tag.CHAN_AND_ORG)
                .setDataMsg(DataMessage.newBuilder()
                        .setPayload(
                                Payload.newBuilder().setSeqNum(block.number()).setData(block.bytes())))
                .build());
    }

    /**
     * The message in which a received block is kept and passed on: the very one that came, without its route, unless it carries
     * other bytes than those that were verified, or anything beside the block. Nobody vouches for what is around a block, and
     * garbage in {@code private_data} stalls a Fabric peer.
     */
    static SignedGossipMessage forwardable(SignedGossipMessage received, VerifiedBlock block) {
        Payload payload = received.message().getDataMsg().getPayload();
        SignedGossipMessage message = received.withoutRoute();
        boolean bare = payload.getData().equals(block.bytes())
                && payload.getPrivateDataCount() == 0
                && message.size() <= block.bytes().size() + MAX_OVERHEAD_BYTES;
        return bare ? message : of(block);
    }
}
