package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.proto.SignedGossipMessage;

/**
 * A block that a peer sent and nobody has verified.
 *
 * @param pushed whether it goes on to others once it is verified; pulled blocks do not, as in Fabric
 * @param release lets the link it came on go on
 */
record ClaimedBlock(
        SignedGossipMessage message, ByteString headerHash, ConnectionInfo from, boolean pushed, Runnable release) {
    /** Number and header hash: which block it claims to be. */
    record Name(long number, ByteString headerHash) {}

    long number() {
        return message.message().getDataMsg().getPayload().getSeqNum();
    }

    ByteString bytes() {
        return message.message().getDataMsg().getPayload().getData();
    }

    Name name() {
        return new Name(number(), headerHash);
    }
}
