package dev.grapevine.channel.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Random choices among peers, without replacement. */
public final class PeerSelection {
    private PeerSelection() {}

    /** At most {@code count} random ones of those that {@code eligible} lets through, in random order. */
    public static <T> List<T> pick(
            List<T> candidates, int count, Predicate<? super T> eligible, RandomGenerator random) {
        List<T> pool = new ArrayList<>(candidates);
        pool.removeIf(eligible.negate());
        int wanted = Math.min(count, pool.size());
        for (int chosen = 0; chosen < wanted; chosen++) {
            Collections.swap(pool, chosen, chosen + random.nextInt(pool.size() - chosen));
        }
        return new ArrayList<>(pool.subList(0, wanted));
    }

    /** All candidates in random order. */
    public static <T> List<T> shuffle(List<T> candidates, RandomGenerator random) {
        return pick(candidates, candidates.size(), any -> true, random);
    }

    /** A random one. */
    public static <T> T one(List<T> candidates, RandomGenerator random) {
        return candidates.get(random.nextInt(candidates.size()));
    }
}
