package dev.grapevine.simulation.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.Fault.Direction;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SeparationsTest {
    private final Separations separations = new Separations();

    private static BitSet peers(int... peers) {
        BitSet set = new BitSet();
        for (int peer : peers) {
            set.set(peer);
        }
        return set;
    }

    @Test
    void keepApartBothWaysAndNobodyOnOneSide() {
        separations.add(peers(0, 1), Direction.BOTH);

        assertThat(separations.isOpen(0, 2)).isFalse();
        assertThat(separations.isOpen(2, 0)).isFalse();
        assertThat(separations.isOpen(0, 1)).isTrue();
        assertThat(separations.isOpen(2, 3)).isTrue();
    }

    @Test
    void mayWorkOneWay() {
        separations.add(peers(0), Direction.OUT);

        assertThat(separations.isOpen(0, 2)).isFalse();
        assertThat(separations.isOpen(2, 0)).isTrue();
    }

    @Test
    void endOneByOne() {
        Runnable first = separations.add(peers(0), Direction.BOTH);
        Runnable second = separations.add(peers(1), Direction.BOTH);

        first.run();
        assertThat(separations.isOpen(0, 2)).isTrue();
        assertThat(separations.isOpen(1, 2)).isFalse();
        second.run();
        assertThat(separations.isOpen(1, 2)).isTrue();
    }
}
