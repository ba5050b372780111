package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * With whom a peer deals where all are probed: the neighbours on the ring of probes. A link with them is needed anyhow, and along
 * the ring everything reaches everybody in few steps; random peers would soon make each a link with nearly all others, for two TLS
 * handshakes' work each. On the loop only.
 */
public final class Neighbourhood {
    /** Members that are looked at to find one of our organisation. */
    private static final int LOOKED_AT = 500;

    private final Membership membership;
    private final Comm comm;
    private final Predicate<PkiId> ownOrganisation;
    private final Scheduler scheduler;

    /** @param ownOrganisation whether a peer is known to be of our organisation */
    public Neighbourhood(Membership membership, Comm comm, Predicate<PkiId> ownOrganisation, Scheduler scheduler) {
        this.membership = membership;
        this.comm = comm;
        this.ownOrganisation = ownOrganisation;
        this.scheduler = scheduler;
    }

    /** Those let through that we have a link with; while there are none, as at the start, all that are let through. */
    public List<NetworkMember> of(Predicate<NetworkMember> eligible) {
        List<NetworkMember> neighbours = all().stream().filter(eligible).toList();
        List<NetworkMember> linked = neighbours.stream()
                .filter(peer -> comm.connection(peer.pkiId()).isPresent())
                .toList();
        return linked.isEmpty() ? neighbours : linked;
    }

    /**
     * One to ask what we lack: a neighbour, or, every other time if none is of our organisation, somebody who is; for nobody else may
     * tell us of our peers without an external endpoint. None if nobody is let through.
     */
    public Optional<NetworkMember> partner(Predicate<NetworkMember> eligible) {
        RandomGenerator random = scheduler.random();
        List<NetworkMember> near = of(eligible);
        boolean lookFurther = near.stream().noneMatch(this::isOurs) && (near.isEmpty() || random.nextBoolean());
        return (lookFurther ? oneOfOurs(eligible, random) : Optional.<NetworkMember>empty())
                .or(() -> RandomChoice.of(near, 1, random).stream().findFirst());
    }

    private Optional<NetworkMember> oneOfOurs(Predicate<NetworkMember> eligible, RandomGenerator random) {
        List<NetworkMember> alive = membership.alive();
        int from = alive.isEmpty() ? 0 : random.nextInt(alive.size());
        for (int step = 0; step < Math.min(alive.size(), LOOKED_AT); step++) {
            NetworkMember member = alive.get((from + step) % alive.size());
            if (isOurs(member) && eligible.test(member)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    private boolean isOurs(NetworkMember member) {
        return ownOrganisation.test(member.pkiId());
    }

    /** Whether all neighbours are let through, so that what is told to these alone still goes all the way round. */
    public boolean isOpenTo(Predicate<NetworkMember> eligible) {
        return all().stream().allMatch(eligible);
    }

    private List<NetworkMember> all() {
        return membership.neighbours().stream()
                .flatMap(peer -> membership.lookup(peer).stream())
                .toList();
    }
}
