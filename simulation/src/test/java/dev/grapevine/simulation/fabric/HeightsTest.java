package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeightsTest {
    private final Heights heights = new Heights(3);

    @Test
    void onlyAGreaterHeightIsNews() {
        assertThat(heights.hear(0, 1, 5)).isTrue();
        assertThat(heights.hear(0, 1, 5)).isFalse();
        assertThat(heights.hear(0, 1, 4)).isFalse();
        assertThat(heights.hear(0, 1, 6)).isTrue();
        assertThat(heights.of(0, 1)).isEqualTo(6);
        assertThat(heights.of(1, 0)).isZero();
    }

    @Test
    void countsOfHowManyItHasHeard() {
        heights.hear(0, 1, 5);
        heights.hear(0, 1, 6);
        heights.hear(0, 2, 1);
        assertThat(heights.count(0)).isEqualTo(2);

        heights.forget(0);
        assertThat(heights.count(0)).isZero();
        assertThat(heights.of(0, 2)).isZero();
    }
}
