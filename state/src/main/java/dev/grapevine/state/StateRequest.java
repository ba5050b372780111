package dev.grapevine.state;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;

/**
 * A request we wait for the answer of.
 *
 * @param sentAt monotonic time, in nanoseconds
 */
record StateRequest(long nonce, PkiId peer, BlockRange range, long sentAt) {
    SignedGossipMessage message(ChannelId channel) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(nonce)
                .setChannel(channel.bytes())
                .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                .setStateRequest(RemoteStateRequest.newBuilder()
                        .setStartSeqNum(range.first())
                        .setEndSeqNum(range.last()))
                .build());
    }
}
