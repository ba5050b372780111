package dev.grapevine.channel;

import dev.grapevine.discovery.NetworkMember;
import java.util.List;
import java.util.function.Predicate;

/**
 * With whom a peer deals where all are probed: the neighbours on the ring of probes. A link with them is needed anyhow, and along
 * the ring everything reaches everybody in few steps; random peers would soon make each a link with nearly all others, for two TLS
 * handshakes' work each.
 */
final class Neighbourhood {
    private final GossipPorts ports;

    Neighbourhood(GossipPorts ports) {
        this.ports = ports;
    }

    /** Those let through that we have a link with; while there are none, as at the start, all that are let through. */
    List<NetworkMember> of(Predicate<NetworkMember> eligible) {
        List<NetworkMember> neighbours = all().stream().filter(eligible).toList();
        List<NetworkMember> linked = neighbours.stream()
                .filter(peer -> ports.comm().connection(peer.pkiId()).isPresent())
                .toList();
        return linked.isEmpty() ? neighbours : linked;
    }

    /** Whether all neighbours are let through, so that what is told to these alone still goes all the way round. */
    boolean isOpenTo(Predicate<NetworkMember> eligible) {
        return all().stream().allMatch(eligible);
    }

    private List<NetworkMember> all() {
        return ports.membership().neighbours().stream()
                .flatMap(peer -> ports.membership().lookup(peer).stream())
                .toList();
    }
}
