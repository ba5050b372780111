package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final int SIZE = 40;

    private final BitMatrix sets = new BitMatrix(SIZE);
    private final Choice choice = new Choice(SIZE, new SplittableRandom(1));

    private List<Integer> choose(int most) {
        int count = choice.choose(sets, 0, most, peer -> peer % 2 == 0);
        return Arrays.stream(choice.chosen(), 0, count).boxed().toList();
    }

    @Test
    void choosesDifferentOnesThatFit() {
        for (int peer = 1; peer < SIZE; peer++) {
            sets.add(0, peer);
        }
        for (int time = 0; time < 100; time++) {
            assertThat(choose(3)).hasSize(3).doesNotHaveDuplicates().allMatch(peer -> peer % 2 == 0 && peer > 0);
        }
    }

    @Test
    void choosesAllThereAreIfTheyAreFew() {
        sets.add(0, 7);
        sets.add(0, 8);
        sets.add(0, 30);

        assertThat(choose(3)).containsExactlyInAnyOrder(8, 30);
    }

    @Test
    void everyOneIsAsLikely() {
        for (int peer = 0; peer < 6; peer++) {
            sets.add(0, peer);
        }
        int[] times = new int[SIZE];
        for (int time = 0; time < 3_000; time++) {
            times[choose(1).get(0)]++;
        }
        assertThat(List.of(times[0], times[2], times[4])).allMatch(count -> count > 900 && count < 1_100);
    }
}
