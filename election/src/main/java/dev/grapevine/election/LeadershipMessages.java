package dev.grapevine.election;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Timestamp;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;

/** Builds this peer's leadership messages for one channel, each newer than the one before. Unsigned; the channel signs. */
final class LeadershipMessages {
    private final ChannelId channel;
    private final PkiId self;
    private final long incarnation;
    private long sequence;

    /** @param incarnation beyond that of any earlier election of ours here */
    LeadershipMessages(ChannelId channel, PkiId self, long incarnation) {
        this.channel = channel;
        this.self = self;
        this.incarnation = incarnation;
    }

    /** "I would lead." */
    GossipMessage proposal() {
        return next(false);
    }

    /** "I lead." */
    GossipMessage declaration() {
        return next(true);
    }

    private GossipMessage next(boolean declaration) {
        return GossipMessage.newBuilder()
                .setChannel(channel.bytes())
                .setTag(GossipMessage.Tag.CHAN_AND_ORG)
                .setLeadershipMsg(LeadershipMessage.newBuilder()
                        .setPkiId(self.bytes())
                        .setTimestamp(new Timestamp(incarnation, ++sequence).toWire())
                        .setIsDeclaration(declaration))
                .build();
    }
}
