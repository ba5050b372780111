package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Whom a part of the ring is rather given to. To those with a link a block goes at once. Among them, our neighbours come first:
 * everybody has about as many neighbours, while some peers have links with all others, because all joined through them or they
 * stood for leader once, and would have to pass on more than their share of every block.
 */
final class Nearness implements ToIntFunction<NetworkMember> {
    private static final int NEIGHBOUR = 0;
    private static final int LINKED = 1;
    private static final int STRANGER = 2;

    private final Audience audience;
    private final Set<PkiId> neighbours;

    Nearness(Audience audience, Collection<PkiId> neighbours) {
        this.audience = audience;
        this.neighbours = new HashSet<>(neighbours);
    }

    @Override
    public int applyAsInt(NetworkMember member) {
        if (!audience.isLinked(member.pkiId())) {
            return STRANGER;
        }
        return neighbours.contains(member.pkiId()) ? NEIGHBOUR : LINKED;
    }
}
