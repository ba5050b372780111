package dev.grapevine.node.services;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Verdict;
import dev.grapevine.state.CatchUpProgress;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/** The channels of this node, as its services see them. */
public interface ServedChannels {
    /** Their names, in order. */
    List<ChannelId> names();

    Optional<ServedChannel> find(String name);

    /** Who leads this node's organisation in a channel; waits for the node's loop. Empty if the channel is not joined. */
    Optional<Leadership> leadership(ChannelId channel);

    /** How far a channel that is far behind the others has come; waits for the node's loop. Empty if it is not. */
    Optional<CatchUpProgress> catchUp(ChannelId channel);

    /** Joins a channel by its configuration block; waits until it is open or refused. */
    Verdict<ChannelId> join(Block configBlock);

    /** Leaves a channel; its ledger stays on disk. */
    Verdict<ChannelId> leave(ChannelId channel);
}
