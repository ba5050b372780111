package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The joined channels, found by name or by the MAC that conceals it. */
final class Channels {
    private final Map<ChannelId, GossipChannel> joined = new TreeMap<>();
    private final Map<ByteString, GossipChannel> named = new HashMap<>();

    void add(GossipChannel channel) {
        joined.put(channel.id(), channel);
        named.put(channel.id().bytes(), channel);
    }

    Optional<GossipChannel> get(ChannelId id) {
        return Optional.ofNullable(joined.get(id));
    }

    List<GossipChannel> all() {
        return new ArrayList<>(joined.values());
    }

    /** By the channel field of a message. */
    Optional<GossipChannel> byName(ByteString name) {
        return Optional.ofNullable(named.get(name));
    }

    /** By the MAC that was made for one peer. */
    Optional<GossipChannel> byMac(PkiId peer, ByteString mac) {
        return joined.values().stream()
                .filter(channel -> channel.id().mac(peer).equals(mac))
                .findFirst();
    }
}
