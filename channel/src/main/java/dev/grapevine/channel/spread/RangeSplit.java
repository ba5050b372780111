package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Divides an interval among the peers in it. The chunks cover exactly the interval, whoever is in it: so a peer that the one
 * who divides does not know is still in somebody's chunk.
 */
final class RangeSplit {
    /** A peer and its place. */
    record Placed(NetworkMember member, long position) {}

    /** A part of the interval and those known to be in it; the first of them, its head, is to get the part. */
    record Chunk(RingInterval interval, List<NetworkMember> members) {}

    private RangeSplit() {}

    /**
     * At most {@code parts} chunks, as even as it goes with a peer of the lowest ranks at the head of each; none if there are
     * no peers.
     *
     * @param ordered within the interval, from its beginning on
     * @param rank the lower, the rather a peer is to be a head
     */
    static List<Chunk> split(
            RingInterval interval, List<Placed> ordered, int parts, ToIntFunction<NetworkMember> rank) {
        List<Integer> heads = heads(ordered, Math.min(parts, ordered.size()), rank);
        List<Chunk> result = new ArrayList<>();
        for (int chunk = 0; chunk < heads.size(); chunk++) {
            boolean last = chunk == heads.size() - 1;
            int from = heads.get(chunk);
            int to = last ? ordered.size() : heads.get(chunk + 1);
            long first = chunk == 0 ? interval.first() : ordered.get(from).position();
            long end = last
                    ? interval.first() + interval.length()
                    : ordered.get(to).position();
            result.add(new Chunk(new RingInterval(first, end - first), members(ordered, from, to, chunk == 0)));
        }
        return result;
    }

    /** Those of a chunk from its head on; of the first, those before the head come last. */
    private static List<NetworkMember> members(List<Placed> ordered, int from, int to, boolean first) {
        List<Placed> inside = new ArrayList<>(ordered.subList(from, to));
        if (first) {
            inside.addAll(ordered.subList(0, from));
        }
        return inside.stream().map(Placed::member).toList();
    }

    /** Where even chunks would begin, or as near to it as one of the lowest rank that is left stands; ascending. */
    private static List<Integer> heads(List<Placed> ordered, int chunks, ToIntFunction<NetworkMember> rank) {
        int[] ranks = ordered.stream()
                .mapToInt(each -> rank.applyAsInt(each.member()))
                .toArray();
        SortedSet<Integer> heads = new TreeSet<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            heads.add(head(ranks, start(chunk, chunks, ranks.length), heads));
        }
        return List.copyOf(heads);
    }

    private static int head(int[] ranks, int even, Set<Integer> taken) {
        int best = -1;
        for (int place = 0; place < ranks.length; place++) {
            boolean better = best < 0
                    || ranks[place] < ranks[best]
                    || (ranks[place] == ranks[best] && Math.abs(place - even) < Math.abs(best - even));
            if (better && !taken.contains(place)) {
                best = place;
            }
        }
        return best;
    }

    /** Index of the first peer of an even chunk; the first take what is left over. */
    private static int start(int chunk, int chunks, int peers) {
        return chunk * (peers / chunks) + Math.min(chunk, peers % chunks);
    }
}
