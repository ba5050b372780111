package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way between two nodes.
 *
 * @param message what the bytes say; null if they are malformed
 */
public record Frame(ByteString bytes, @Nullable SignedGossipMessage message) {
    boolean carriesBlocks() {
        return message != null && message.carriesBlocks();
    }

    /** A hash of the content, the same in every process. All copies of a block have its hash and each that of its route. */
    public int contentHash() {
        if (message == null || message.type() != GossipMessage.ContentCase.DATA_MSG) {
            return bytes.hashCode();
        }
        int route =
                message.route().map(given -> given.toByteString().hashCode()).orElse(0);
        return 31 * message.withoutRoute().wire().hashCode() + route;
    }
}
