package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Whom a part of the ring is rather given to. To those with a link a block goes at once. Among them, our neighbours come first:
 * everybody has about as many neighbours, while some peers have links with all others, because all joined through them or they
 * stood for leader once, and would have to pass on more than their share of every block. Who is too far behind to
 * take the block comes last.
 */
final class Nearness implements ToIntFunction<NetworkMember> {
    private static final int NEIGHBOUR = 0;
    private static final int LINKED = 1;
    private static final int STRANGER = 2;
    private static final int FAR_BEHIND = 3;

    private final Audience audience;
    private final Set<PkiId> neighbours;
    private final Predicate<PkiId> farBehind;

    Nearness(Audience audience, Collection<PkiId> neighbours, Predicate<PkiId> farBehind) {
        this.audience = audience;
        this.neighbours = new HashSet<>(neighbours);
        this.farBehind = farBehind;
    }

    @Override
    public int applyAsInt(NetworkMember member) {
        if (farBehind.test(member.pkiId())) {
            return FAR_BEHIND;
        }
        if (!audience.isLinked(member.pkiId())) {
            return STRANGER;
        }
        return neighbours.contains(member.pkiId()) ? NEIGHBOUR : LINKED;
    }

    /**
     * In which order those of a part are tried: its head, and the same once more, since a lost message is likelier than a lost
     * peer; then those with a link, to whom it goes at once, and then the others.
     */
    List<NetworkMember> inTurn(List<NetworkMember> members) {
        List<NetworkMember> candidates = new ArrayList<>(members.subList(0, 1));
        members.stream()
                .sorted(Comparator.comparingInt(member -> Math.max(LINKED, applyAsInt(member))))
                .forEach(candidates::add);
        return candidates;
    }
}
