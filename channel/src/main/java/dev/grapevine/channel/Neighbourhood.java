package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.discovery.NetworkMember;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * With whom a peer deals where all are probed: the neighbours on the ring of probes. A link with them is needed anyhow, and along
 * the ring everything reaches everybody in few steps; random peers would soon make each a link with nearly all others, for two TLS
 * handshakes' work each.
 */
final class Neighbourhood {
    /** Members that are looked at to find one of our organisation. */
    private static final int LOOKED_AT = 500;

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

    /**
     * One to ask what we lack: a neighbour, or, every other time if none is of our organisation, somebody who is; for nobody else may
     * tell us of our peers without an external endpoint. None if nobody is let through.
     */
    List<NetworkMember> partner(Predicate<NetworkMember> eligible) {
        RandomGenerator random = ports.scheduler().random();
        List<NetworkMember> near = of(eligible);
        if (near.stream().noneMatch(this::isOurs) && (near.isEmpty() || random.nextBoolean())) {
            List<NetworkMember> ours = oneOfOurs(eligible, random);
            near = ours.isEmpty() ? near : ours;
        }
        return PeerSelection.pick(near, 1, any -> true, random);
    }

    private List<NetworkMember> oneOfOurs(Predicate<NetworkMember> eligible, RandomGenerator random) {
        List<NetworkMember> alive = ports.membership().alive();
        int from = alive.isEmpty() ? 0 : random.nextInt(alive.size());
        for (int step = 0; step < Math.min(alive.size(), LOOKED_AT); step++) {
            NetworkMember member = alive.get((from + step) % alive.size());
            if (isOurs(member) && eligible.test(member)) {
                return List.of(member);
            }
        }
        return List.of();
    }

    private boolean isOurs(NetworkMember member) {
        return ports.isOwnOrganisation(member.pkiId());
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
