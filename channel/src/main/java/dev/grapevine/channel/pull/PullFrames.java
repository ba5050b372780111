package dev.grapevine.channel.pull;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.DataDigest;
import org.hyperledger.fabric.protos.gossip.DataRequest;
import org.hyperledger.fabric.protos.gossip.DataUpdate;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipHello;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.PullMsgType;

/** The four messages of a pull, unsigned: the outer nonce is 0, the inner one names the exchange. */
public final class PullFrames {
    private final PullMsgType type;
    private final Tag tag;
    private final ByteString channel;

    private PullFrames(PullMsgType type, Tag tag, ByteString channel) {
        this.type = type;
        this.tag = tag;
        this.channel = channel;
    }

    /** For the blocks of a channel. */
    public static PullFrames ofBlocks(ChannelId channel) {
        return new PullFrames(PullMsgType.BLOCK_MSG, Tag.CHAN_AND_ORG, channel.bytes());
    }

    /** For identities. */
    public static PullFrames ofIdentities() {
        return new PullFrames(PullMsgType.IDENTITY_MSG, Tag.EMPTY, ByteString.EMPTY);
    }

    /** Opens an exchange. */
    public SignedGossipMessage hello(long nonce) {
        return frame(frame().setHello(GossipHello.newBuilder().setNonce(nonce).setMsgType(type)));
    }

    /** Offers items. */
    public SignedGossipMessage digest(long nonce, List<ByteString> ids) {
        return frame(frame().setDataDig(
                        DataDigest.newBuilder().setNonce(nonce).setMsgType(type).addAllDigests(ids)));
    }

    /** Asks for items. */
    public SignedGossipMessage request(long nonce, List<ByteString> ids) {
        return frame(frame().setDataReq(DataRequest.newBuilder()
                .setNonce(nonce)
                .setMsgType(type)
                .addAllDigests(ids)));
    }

    /** Delivers items. */
    public SignedGossipMessage update(long nonce, List<Envelope> items) {
        return frame(frame().setDataUpdate(
                        DataUpdate.newBuilder().setNonce(nonce).setMsgType(type).addAllData(items)));
    }

    private GossipMessage.Builder frame() {
        return GossipMessage.newBuilder().setTag(tag).setChannel(channel);
    }

    private static SignedGossipMessage frame(GossipMessage.Builder message) {
        return SignedGossipMessage.unsigned(message.build());
    }
}
