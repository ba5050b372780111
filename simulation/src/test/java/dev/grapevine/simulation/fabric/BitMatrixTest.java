package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BitMatrixTest {
    private final BitMatrix matrix = new BitMatrix(130);

    @Test
    void countsWhatIsAddedAndRemovedOnce() {
        assertThat(matrix.add(1, 129)).isTrue();
        assertThat(matrix.add(1, 129)).isFalse();
        assertThat(matrix.count(1)).isEqualTo(1);
        assertThat(matrix.remove(1, 129)).isTrue();
        assertThat(matrix.remove(1, 129)).isFalse();
        assertThat(matrix.count(1)).isZero();
    }

    @Test
    void findsTheMembersOfASetInOrderAndOfNoOther() {
        matrix.add(2, 0);
        matrix.add(2, 64);
        matrix.add(2, 129);
        matrix.add(3, 1);

        assertThat(matrix.next(2, 0)).isZero();
        assertThat(matrix.next(2, 1)).isEqualTo(64);
        assertThat(matrix.next(2, 65)).isEqualTo(129);
        assertThat(matrix.next(2, 130)).isEqualTo(-1);
    }

    @Test
    void clearsOneSet() {
        matrix.add(2, 5);
        matrix.add(3, 5);
        matrix.clear(2);

        assertThat(matrix.count(2)).isZero();
        assertThat(matrix.has(2, 5)).isFalse();
        assertThat(matrix.has(3, 5)).isTrue();
    }
}
