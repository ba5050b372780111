package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.simulation.scenario.Fault.Direction;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BarriersTest {
    private final Barriers barriers = new Barriers();

    private Barriers.Partition around(Direction direction, String... nodes) {
        Barriers.Partition partition = new Barriers.Partition(Set.of(nodes), direction);
        barriers.add(partition);
        return partition;
    }

    @Test
    void aPartitionLetsNothingThroughButStaysOpenWithin() {
        Barriers.Partition partition = around(Direction.BOTH, "a", "b");

        assertThat(barriers.isOpen("a", "c")).isFalse();
        assertThat(barriers.isOpen("c", "a")).isFalse();
        assertThat(barriers.isOpen("a", "b")).isTrue();
        assertThat(barriers.isOpen("c", "d")).isTrue();

        barriers.remove(partition);
        assertThat(barriers.isOpen("a", "c")).isTrue();
    }

    @Test
    void anAsymmetricOneStopsOneWayOnly() {
        around(Direction.OUT, "a");
        assertThat(barriers.isOpen("a", "c")).isFalse();
        assertThat(barriers.isOpen("c", "a")).isTrue();

        barriers.removePartitions();
        around(Direction.IN, "a");
        assertThat(barriers.isOpen("a", "c")).isTrue();
        assertThat(barriers.isOpen("c", "a")).isFalse();
    }

    @Test
    void severalMayOverlap() {
        around(Direction.BOTH, "a", "b");
        Barriers.Partition second = around(Direction.BOTH, "b", "c");

        assertThat(barriers.isOpen("a", "b")).isFalse();
        barriers.remove(second);
        assertThat(barriers.isOpen("a", "b")).isTrue();
    }

    @Test
    void aClogHoldsWhatItsNodesSendAndAreSentUntilItEnds() {
        barriers.clog(Set.of("a"), 0, 100);

        assertThat(barriers.heldUntil("a", "b", 40)).isEqualTo(100);
        assertThat(barriers.heldUntil("b", "a", 40)).isEqualTo(100);
        assertThat(barriers.heldUntil("b", "c", 40)).isEqualTo(40);
        assertThat(barriers.heldUntil("a", "b", 100)).isEqualTo(100);
        assertThat(barriers.heldUntil("a", "b", 101)).isEqualTo(101);
    }
}
