package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import java.util.List;

/** The ring of those that speak our extensions, which is made anew only when somebody comes or goes. */
final class CapablePeers {
    private final Audience audience;
    private List<NetworkMember> members = List.of();
    private PeerRing ring = new PeerRing(members);

    CapablePeers(Audience audience) {
        this.audience = audience;
    }

    PeerRing ring() {
        List<NetworkMember> now = audience.capable();
        if (now != members) {
            members = now;
            ring = new PeerRing(now);
        }
        return ring;
    }
}
