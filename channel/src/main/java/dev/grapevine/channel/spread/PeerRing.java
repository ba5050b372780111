package dev.grapevine.channel.spread;

import dev.grapevine.channel.spread.RangeSplit.Placed;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Peers on the ring on which blocks are spread. They stand in the order of their PKI-IDs, which are hashes; as that is the
 * order in which they probe each other, most of those to whom a block goes on are linked already.
 */
final class PeerRing {
    private final List<Placed> placed = new ArrayList<>();

    PeerRing(List<NetworkMember> members) {
        members.forEach(member -> placed.add(new Placed(member, place(member.pkiId()))));
        placed.sort((one, other) -> Long.compareUnsigned(one.position(), other.position()));
    }

    /** A peer's place. */
    static long place(PkiId peer) {
        return peer.lead();
    }

    int size() {
        return placed.size();
    }

    /** The place of the peer that would stand nearest before a place if all stood at even distances. */
    long place(long even) {
        return placed.isEmpty()
                ? even
                : placed.get((int) (((even >>> Integer.SIZE) * placed.size()) >>> Integer.SIZE))
                        .position();
    }

    /** Those in an interval, from its beginning on. */
    List<Placed> within(RingInterval interval) {
        List<Placed> inside = new ArrayList<>();
        int first = from(interval.first());
        for (int i = 0; i < placed.size(); i++) {
            Placed each = placed.get((first + i) % placed.size());
            if (!interval.contains(each.position())) {
                break;
            }
            inside.add(each);
        }
        return inside;
    }

    /** The first for whom something holds, from so many steps after a place on; null if there is none. */
    @Nullable
    PkiId find(long place, int steps, Predicate<PkiId> condition) {
        int first = from(place + 1) + steps - 1;
        for (int i = 0; i < placed.size(); i++) {
            PkiId peer = placed.get((first + i) % placed.size()).member().pkiId();
            if (condition.test(peer)) {
                return peer;
            }
        }
        return null;
    }

    /** Index of the first that stands at a place or behind it. */
    private int from(long place) {
        int low = 0;
        int high = placed.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(placed.get(middle).position(), place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
