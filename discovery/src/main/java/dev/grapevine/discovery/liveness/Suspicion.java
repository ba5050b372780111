package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import java.util.Set;
import java.util.TreeSet;

/**
 * One peer under suspicion, which ends with its death unless it speaks. It begins with the longest time-out and shortens
 * with the logarithm of the independent confirmations (Lifeguard): one accuser may himself be the faulty one, several
 * hardly are.
 */
final class Suspicion {
    private final Set<PkiId> accusers = new TreeSet<>();
    private final int wanted;
    private final long shortest;
    private final long longest;
    private final long began;

    /**
     * @param wanted confirmations that shorten it to the shortest; with 0 it is as short from the beginning
     * @param shortest in nanoseconds
     * @param longest in nanoseconds
     */
    Suspicion(PkiId accuser, int wanted, long shortest, long longest, long now) {
        this.wanted = wanted;
        this.shortest = shortest;
        this.longest = longest;
        this.began = now;
        accusers.add(accuser);
    }

    /** Counts one more accuser; false if he is none, or if there are enough. */
    boolean confirm(PkiId accuser) {
        return accusers.size() <= wanted && accusers.add(accuser);
    }

    boolean isBy(PkiId accuser) {
        return accusers.contains(accuser);
    }

    int confirmations() {
        return accusers.size() - 1;
    }

    /** When it ends, by the clock it was begun with. */
    long deadline() {
        if (wanted == 0) {
            return began + shortest;
        }
        double share = Math.log(confirmations() + 1.0) / Math.log(wanted + 1.0);
        return began + Math.max(shortest, longest - (long) (share * (longest - shortest)));
    }
}
