package dev.grapevine.comm.memory;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way between two nodes.
 *
 * @param message what the bytes say; null if they are malformed
 */
record Frame(ByteString bytes, @Nullable SignedGossipMessage message) {
    boolean carriesBlocks() {
        return message != null && message.carriesBlocks();
    }
}
