package dev.grapevine.channel.spread;

import dev.grapevine.discovery.NetworkMember;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides an interval among the peers in it. The chunks cover exactly the interval, whoever is in it: so a peer that the one
 * who divides does not know is still in somebody's chunk.
 */
final class RangeSplit {
    /** A peer and its place. */
    record Placed(NetworkMember member, long position) {}

    /** A part of the interval and those known to be in it, in their order; the first of them is to get the part. */
    record Chunk(RingInterval interval, List<NetworkMember> members) {}

    private RangeSplit() {}

    /**
     * At most {@code parts} chunks that differ by at most one peer; none if there are no peers.
     *
     * @param ordered within the interval, from its beginning on
     */
    static List<Chunk> split(RingInterval interval, List<Placed> ordered, int parts) {
        int chunks = Math.min(parts, ordered.size());
        List<Chunk> result = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            int from = start(chunk, chunks, ordered.size());
            int to = start(chunk + 1, chunks, ordered.size());
            long first = chunk == 0 ? interval.first() : ordered.get(from).position();
            long end = chunk == chunks - 1
                    ? interval.first() + interval.length()
                    : ordered.get(to).position();
            List<NetworkMember> inside =
                    ordered.subList(from, to).stream().map(Placed::member).toList();
            result.add(new Chunk(new RingInterval(first, end - first), inside));
        }
        return result;
    }

    /** Index of the first peer of a chunk; the first chunks take what is left over, as they are sent first. */
    private static int start(int chunk, int chunks, int peers) {
        return chunk * (peers / chunks) + Math.min(chunk, peers % chunks);
    }
}
