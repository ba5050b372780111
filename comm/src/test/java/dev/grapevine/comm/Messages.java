package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipHello;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;

/** Messages to send around. */
public final class Messages {
    private Messages() {}

    /** Something small for the control lane. */
    public static SignedGossipMessage control(long nonce) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(nonce)
                .setTag(GossipMessage.Tag.EMPTY)
                .setHello(GossipHello.newBuilder().setNonce(nonce))
                .build());
    }

    /** A block for the bulk lane. */
    public static SignedGossipMessage block(long number, int bytes) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setTag(GossipMessage.Tag.CHAN_AND_ORG)
                .setDataMsg(DataMessage.newBuilder()
                        .setPayload(
                                Payload.newBuilder().setSeqNum(number).setData(ByteString.copyFrom(new byte[bytes]))))
                .build());
    }
}
