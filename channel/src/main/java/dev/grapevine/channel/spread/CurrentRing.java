package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import java.util.List;
import java.util.function.Supplier;

/** The ring of some peers, which is made anew only when one of them comes or goes. */
final class CurrentRing {
    private final Supplier<List<NetworkMember>> peers;
    private List<NetworkMember> members = List.of();
    private PeerRing ring = new PeerRing(members);

    /** @param peers gives the same list until somebody comes or goes */
    CurrentRing(Supplier<List<NetworkMember>> peers) {
        this.peers = peers;
    }

    PeerRing get() {
        List<NetworkMember> now = peers.get();
        if (now != members) {
            members = now;
            ring = new PeerRing(now);
        }
        return ring;
    }
}
