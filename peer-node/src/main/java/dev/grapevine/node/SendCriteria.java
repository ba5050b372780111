package dev.grapevine.node;

import dev.grapevine.channel.ChannelPeer;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.node.peer.JoinedChannel;
import dev.grapevine.node.peer.PeerNode;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/**
 * To whom a message goes and how many must acknowledge it (Fabric's SendCriteria).
 *
 * @param minimumAcknowledgements successes to wait for; 0 to wait for none
 * @param maximumPeers how many peers it goes to at most
 * @param timeout for the acknowledgements
 * @param eligible which peers of the channel may get it
 */
public record SendCriteria(
        ChannelId channel,
        int minimumAcknowledgements,
        int maximumPeers,
        Duration timeout,
        Predicate<ChannelPeer> eligible) {
    /** @throws IllegalArgumentException if the numbers contradict each other or no time is given */
    public SendCriteria {
        if (minimumAcknowledgements < 0 || maximumPeers < minimumAcknowledgements) {
            throw new IllegalArgumentException("cannot wait for " + minimumAcknowledgements
                    + " acknowledgements of at most " + maximumPeers + " peers");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("give the acknowledgements some time; the timeout is " + timeout);
        }
    }

    /** Sends, on the loop. */
    void send(PeerNode node, GossipMessage message, CompletableFuture<Map<RemotePeer, String>> acknowledged) {
        Optional<JoinedChannel> joined = node.channel(channel);
        if (joined.isEmpty()) {
            acknowledged.completeExceptionally(new IllegalArgumentException("channel " + channel + " is not joined"));
            return;
        }
        List<RemotePeer> chosen = joined.get().peers().stream()
                .filter(eligible)
                .limit(maximumPeers)
                .map(peer -> peer.member().remotePeer())
                .toList();
        if (chosen.size() < minimumAcknowledgements) {
            acknowledged.completeExceptionally(new IllegalStateException(
                    minimumAcknowledgements + " peers are needed, " + chosen.size() + " are there"));
            return;
        }
        SignedGossipMessage unsigned = SignedGossipMessage.unsigned(message);
        if (minimumAcknowledgements == 0) {
            node.comm().send(unsigned, chosen);
            acknowledged.complete(Map.of());
        } else {
            node.comm().sendWithAck(unsigned, chosen, minimumAcknowledgements, timeout, acknowledged::complete);
        }
    }
}
