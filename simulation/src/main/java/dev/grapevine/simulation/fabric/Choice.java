package dev.grapevine.simulation.fabric;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** Random peers of a set. */
final class Choice {
    private static final int SPARSE = 8;
    private static final int TRIES = 200;
    private static final int HALF = 32;

    private final int size;
    private final SplittableRandom random;
    private final int[] candidates;
    private final int[] chosen;

    Choice(int size, SplittableRandom random) {
        this.size = size;
        this.random = random;
        this.candidates = new int[size];
        this.chosen = new int[Math.max(FabricLimits.PUSHED_TO, FabricLimits.ASKED)];
    }

    /** One of so many. */
    int below(int bound) {
        return (int) (((random.nextLong() >>> HALF) * bound) >>> HALF);
    }

    /** A set of which everybody fits. */
    static boolean anybody(int peer) {
        return true;
    }

    /** Those chosen last; only as many as were said to be. */
    int[] chosen() {
        return chosen;
    }

    /**
     * Chooses at most so many; returns how many there are.
     *
     * @param among sets of which none has its owner; one that has everybody else is not looked into
     * @param fits to be chosen
     */
    int choose(BitMatrix among, int peer, int most, IntPredicate fits) {
        int count = 0;
        boolean everybody = among.count(peer) == size - 1;
        if (among.count(peer) * SPARSE > size) {
            for (int tries = 0; tries < TRIES && count < most; tries++) {
                int candidate = below(size);
                boolean isIn = everybody ? candidate != peer : among.has(peer, candidate);
                if (isIn && !isChosen(candidate, count) && fits.test(candidate)) {
                    chosen[count++] = candidate;
                }
            }
            if (count == most) {
                return count;
            }
        }
        return chooseOfAll(among, peer, most, fits);
    }

    private int chooseOfAll(BitMatrix among, int peer, int most, IntPredicate fits) {
        int left = 0;
        for (int other = among.next(peer, 0); other >= 0; other = among.next(peer, other + 1)) {
            if (fits.test(other)) {
                candidates[left++] = other;
            }
        }
        int count = 0;
        while (left > 0 && count < most) {
            int index = below(left);
            chosen[count++] = candidates[index];
            candidates[index] = candidates[--left];
        }
        return count;
    }

    private boolean isChosen(int candidate, int count) {
        for (int index = 0; index < count; index++) {
            if (chosen[index] == candidate) {
                return true;
            }
        }
        return false;
    }
}
