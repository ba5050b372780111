package dev.grapevine.simulation.fabric;

import java.util.Arrays;

/** For each peer a set of peers. */
final class BitMatrix {
    private final int words;
    private final long[] bits;
    private final int[] counts;

    BitMatrix(int size) {
        this.words = (size + Long.SIZE - 1) / Long.SIZE;
        this.bits = new long[size * words];
        this.counts = new int[size];
    }

    boolean has(int row, int column) {
        return (bits[row * words + (column >> 6)] & (1L << column)) != 0;
    }

    /** Adds one; false if it was there. */
    boolean add(int row, int column) {
        int word = row * words + (column >> 6);
        long bit = 1L << column;
        if ((bits[word] & bit) != 0) {
            return false;
        }
        bits[word] |= bit;
        counts[row]++;
        return true;
    }

    /** Takes one out; false if it was not there. */
    boolean remove(int row, int column) {
        int word = row * words + (column >> 6);
        long bit = 1L << column;
        if ((bits[word] & bit) == 0) {
            return false;
        }
        bits[word] &= ~bit;
        counts[row]--;
        return true;
    }

    int count(int row) {
        return counts[row];
    }

    void clear(int row) {
        Arrays.fill(bits, row * words, (row + 1) * words, 0);
        counts[row] = 0;
    }

    /** The first of a set from this one on; -1 if there is none. */
    int next(int row, int from) {
        int word = from >> 6;
        if (word >= words) {
            return -1;
        }
        long rest = bits[row * words + word] & (-1L << from);
        while (rest == 0) {
            if (++word == words) {
                return -1;
            }
            rest = bits[row * words + word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
}
