package dev.grapevine.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Picks some of many, each as likely as any other. */
final class RandomChoice {
    private RandomChoice() {}

    /** {@code count} different elements in random order, or all if there are fewer. */
    static <T> List<T> of(List<T> all, int count, RandomGenerator random) {
        List<T> shuffled = new ArrayList<>(all);
        int chosen = Math.min(count, shuffled.size());
        for (int i = 0; i < chosen; i++) {
            Collections.swap(shuffled, i, i + random.nextInt(shuffled.size() - i));
        }
        return List.copyOf(shuffled.subList(0, chosen));
    }
}
