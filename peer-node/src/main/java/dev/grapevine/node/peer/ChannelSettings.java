package dev.grapevine.node.peer;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.JoinMessage;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.state.OrdererEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a channel's configuration says to a peer, apart from trust.
 *
 * @param sequence of the configuration
 * @param block number of the configuration block that carried it
 * @param organisations the application organisations and their anchor peers
 * @param orderers where blocks come from
 * @param tlsRoots PEM certificates of the TLS authorities of the application organisations
 */
public record ChannelSettings(
        ChannelId channel,
        long sequence,
        long block,
        Map<MspId, List<AnchorPeer>> organisations,
        List<OrdererEndpoint> orderers,
        List<ByteString> tlsRoots) {
    public ChannelSettings {
        organisations = Collections.unmodifiableMap(new TreeMap<>(organisations));
        orderers = List.copyOf(orderers);
        tlsRoots = List.copyOf(tlsRoots);
    }

    JoinMessage joinMessage() {
        Map<MspId, List<String>> anchors = new TreeMap<>();
        organisations.forEach((organisation, peers) -> anchors.put(
                organisation, peers.stream().map(AnchorPeer::endpoint).toList()));
        return new JoinMessage(sequence, anchors);
    }

    List<AnchorPeer> anchors() {
        List<AnchorPeer> all = new ArrayList<>();
        organisations.values().forEach(all::addAll);
        return all;
    }
}
