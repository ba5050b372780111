package dev.grapevine.node;

import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.proto.ChannelId;

/**
 * A peer's place in a channel.
 *
 * @param height number of blocks that are durably stored
 * @param leader whether it pulls blocks from the ordering service for its organisation
 * @param configuration sequence of the configuration in force
 */
public record ChannelStatus(ChannelId channel, long height, boolean leader, long configuration) {
    static ChannelStatus of(JoinedChannel channel) {
        return new ChannelStatus(
                channel.id(),
                channel.ledger().height(),
                channel.isLeader(),
                channel.settings().sequence());
    }
}
