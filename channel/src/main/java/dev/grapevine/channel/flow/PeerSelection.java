package dev.grapevine.channel.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Random choices among peers, without replacement. */
public final class PeerSelection {
    private PeerSelection() {}

    /**
     * At most {@code count} random ones of those that {@code eligible} lets through, in random order. Looks at no more
     * candidates than it must, so that few out of thousands cost no more than few out of few.
     */
    public static <T> List<T> pick(
            List<T> candidates, int count, Predicate<? super T> eligible, RandomGenerator random) {
        int size = candidates.size();
        List<T> chosen = new ArrayList<>();
        // A shuffle that stops early; the candidates it has moved, by the place they are at now.
        Map<Integer, Integer> moved = new HashMap<>();
        for (int place = 0; place < size && chosen.size() < count; place++) {
            int drawn = place + random.nextInt(size - place);
            T candidate = candidates.get(moved.getOrDefault(drawn, drawn));
            moved.put(drawn, moved.getOrDefault(place, place));
            if (eligible.test(candidate)) {
                chosen.add(candidate);
            }
        }
        return chosen;
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
