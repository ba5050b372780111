package dev.grapevine.simulation.fabric;

import java.util.Arrays;

/**
 * Peers and moments, taken out in the order of the moments but for those of one slot, less than a thousandth of the longest hop. Nothing
 * may be put in that lies further ahead of what was taken out last than that.
 */
final class TimeWheel {
    private static final int SLOTS = 2048;
    private static final int NONE = -1;

    private final int shift;
    private final int[] heads = new int[SLOTS];
    private final int[] nexts;
    private final int[] peers;
    private final long[] moments;
    private long slot;
    private int waiting;
    private int used;
    private int taken;

    /**
     * @param ahead the furthest
     * @param most how many are put in altogether before the next start
     */
    TimeWheel(long ahead, int most) {
        this.shift = Long.SIZE - Long.numberOfLeadingZeros(2 * ahead / SLOTS);
        this.nexts = new int[most];
        this.peers = new int[most];
        this.moments = new long[most];
        Arrays.fill(heads, NONE);
    }

    /** Empties it and begins at a moment. */
    void start(long moment) {
        slot = moment >> shift;
        used = 0;
    }

    void add(int peer, long moment) {
        int index = used++;
        int at = at(moment >> shift);
        peers[index] = peer;
        moments[index] = moment;
        nexts[index] = heads[at];
        heads[at] = index;
        waiting++;
    }

    /** Takes out the next; false if there is none. */
    boolean next() {
        if (waiting == 0) {
            return false;
        }
        while (heads[at(slot)] == NONE) {
            slot++;
        }
        int at = at(slot);
        taken = heads[at];
        heads[at] = nexts[taken];
        waiting--;
        return true;
    }

    private static int at(long slot) {
        return (int) slot & (SLOTS - 1);
    }

    /** Which was taken out. */
    int peer() {
        return peers[taken];
    }

    /** When it is. */
    long moment() {
        return moments[taken];
    }
}
