package dev.grapevine.state;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;

/**
 * A state request we wait for the answer of. While it is not overdue nobody else is asked for its range; afterwards the range is
 * anybody's, but the answer is still welcome.
 */
final class Fetch {
    private final long nonce;
    private final Source source;
    private final BlockRange range;
    private final long bytes;
    private final long sentAt;
    private final long lateAt;
    private boolean overdue;

    /**
     * @param bytes about as many as the answer will have
     * @param sentAt monotonic time, in nanoseconds
     * @param patience nanoseconds from then on until somebody else is asked
     */
    Fetch(long nonce, Source source, BlockRange range, long bytes, long sentAt, long patience) {
        this.nonce = nonce;
        this.source = source;
        this.range = range;
        this.bytes = bytes;
        this.sentAt = sentAt;
        this.lateAt = sentAt + patience;
    }

    long nonce() {
        return nonce;
    }

    Source source() {
        return source;
    }

    BlockRange range() {
        return range;
    }

    long bytes() {
        return bytes;
    }

    long sentAt() {
        return sentAt;
    }

    long lateAt() {
        return lateAt;
    }

    boolean isOverdue() {
        return overdue;
    }

    /** Its source has lost the range. */
    void lose(long now) {
        source.late(this, now);
        overdue = true;
    }

    SignedGossipMessage message(ChannelId channel) {
        return request(channel, nonce, range);
    }

    static SignedGossipMessage request(ChannelId channel, long nonce, BlockRange range) {
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
