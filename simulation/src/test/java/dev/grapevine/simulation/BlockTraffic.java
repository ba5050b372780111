package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.PullMsgType;

/** Counts the ways by which blocks travel. */
final class BlockTraffic {
    private int pushed;
    private int pulled;
    private int transferred;

    void see(ByteString frame) {
        try {
            count(SignedGossipMessage.parse(frame).message());
        } catch (MalformedMessageException e) {
            throw new AssertionError("a peer of ours has sent what is no message", e);
        }
    }

    private void count(GossipMessage message) {
        switch (message.getContentCase()) {
            case DATA_MSG -> pushed++;
            case STATE_RESPONSE -> transferred += message.getStateResponse().getPayloadsCount();
            case DATA_UPDATE -> {
                if (message.getDataUpdate().getMsgType() == PullMsgType.BLOCK_MSG) {
                    pulled += message.getDataUpdate().getDataCount();
                }
            }
            default -> {
                // Nothing else carries blocks.
            }
        }
    }

    int pushed() {
        return pushed;
    }

    int pulled() {
        return pulled;
    }

    int transferred() {
        return transferred;
    }
}
