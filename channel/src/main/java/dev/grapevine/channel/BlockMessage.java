package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.SignedGossipMessage;
import java.io.IOException;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;

/** Blocks in gossip messages. */
final class BlockMessage {
    /** What an honest sender needs around a block: channel name, numbers, lengths. */
    private static final int MAX_OVERHEAD_BYTES = 512;

    private static final int HEADER_TAG = Block.HEADER_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

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
     * The message in which a received block is kept and passed on: the very one that came, unless it carries anything beside
     * the block. Nobody vouches for what is around a block, and garbage in {@code private_data} stalls a Fabric peer.
     */
    static SignedGossipMessage forwardable(SignedGossipMessage received, VerifiedBlock block) {
        Payload payload = received.message().getDataMsg().getPayload();
        boolean bare = payload.getPrivateDataCount() == 0
                && received.size() <= block.bytes().size() + MAX_OVERHEAD_BYTES;
        return bare ? received : of(block);
    }

    /** The hash of a serialised block's header, found without parsing the rest; empty if there is no well-formed header. */
    static Optional<ByteString> headerHash(ByteString block) {
        CodedInputStream input = block.newCodedInput();
        BlockHeader.Builder header = BlockHeader.newBuilder();
        boolean found = false;
        try {
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                if (tag == HEADER_TAG) {
                    found = true;
                    input.readMessage(header, ExtensionRegistryLite.getEmptyRegistry());
                } else if (!input.skipField(tag)) {
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return found ? Optional.of(BlockHash.ofHeader(header.build())) : Optional.empty();
    }
}
