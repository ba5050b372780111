package dev.grapevine.simulation.fabric;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Whom a peer sees in the channel: those it believes alive and has heard a height of. */
final class ChannelView {
    private final Surroundings around;
    private final Heights heights;

    ChannelView(Surroundings around, Heights heights) {
        this.around = around;
        this.heights = heights;
    }

    boolean sees(int peer, int other) {
        return around.membership().alive().has(peer, other) && heights.of(peer, other) > 0;
    }

    /** As {@link #sees}, of its own organisation. */
    boolean seesColleague(int peer, int other) {
        return around.roster().organisation(peer) == around.roster().organisation(other) && sees(peer, other);
    }

    /** How many others a peer sees. */
    int count(int peer) {
        return count(peer, other -> sees(peer, other));
    }

    /** How many others of its own organisation a peer sees. */
    int colleagues(int peer) {
        return count(peer, other -> seesColleague(peer, other));
    }

    private int count(int peer, IntPredicate fits) {
        BitMatrix alive = around.membership().alive();
        int count = 0;
        for (int other = alive.next(peer, 0); other >= 0; other = alive.next(peer, other + 1)) {
            count += fits.test(other) ? 1 : 0;
        }
        return count;
    }

    /** Random ones of its own organisation, at most so many. */
    int[] chooseColleagues(int peer, int most) {
        int count =
                around.choice().choose(around.membership().alive(), peer, most, other -> seesColleague(peer, other));
        return Arrays.copyOf(around.choice().chosen(), count);
    }

    /** A random one with a height of at least so much; -1 if there is none. */
    int chooseAbove(int peer, int height) {
        int count = around.choice()
                .choose(
                        around.membership().alive(),
                        peer,
                        1,
                        other -> sees(peer, other) && heights.of(peer, other) >= height);
        return count == 0 ? -1 : around.choice().chosen()[0];
    }

    /** The greatest height a peer has heard of those it sees. */
    int greatestHeight(int peer) {
        BitMatrix alive = around.membership().alive();
        int greatest = 0;
        for (int other = alive.next(peer, 0); other >= 0; other = alive.next(peer, other + 1)) {
            greatest = Math.max(greatest, heights.of(peer, other));
        }
        return greatest;
    }
}
