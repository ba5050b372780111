package dev.grapevine.simulation.fabric;

import java.util.Arrays;

/** State info: the height of each peer's ledger as each peer has heard of it. Heights only grow, and so are their own timestamps. */
final class Heights {
    private final int size;
    private final int[] heard;
    private final int[] counts;

    Heights(int size) {
        this.size = size;
        this.heard = new int[size * size];
        this.counts = new int[size];
    }

    /** A peer hears of a height; false if it has heard as much. */
    boolean hear(int peer, int of, int height) {
        int index = peer * size + of;
        int before = heard[index];
        if (height <= before) {
            return false;
        }
        heard[index] = height;
        counts[peer] += before == 0 ? 1 : 0;
        return true;
    }

    /** What a peer has heard last of another; 0 if nothing. */
    int of(int peer, int other) {
        return heard[peer * size + other];
    }

    /** Of how many a peer has heard, itself among them once it has published. */
    int count(int peer) {
        return counts[peer];
    }

    void forget(int peer) {
        Arrays.fill(heard, peer * size, (peer + 1) * size, 0);
        counts[peer] = 0;
    }
}
