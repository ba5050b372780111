package dev.grapevine.simulation.fabric;

import dev.grapevine.simulation.scenario.Fault.Direction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Peers that are apart from all others; several separations may overlap. */
final class Separations {
    private record Separation(BitSet inside, Direction direction) {
        boolean isOpen(int from, int to) {
            boolean leaves = inside.get(from) && !inside.get(to);
            boolean enters = !inside.get(from) && inside.get(to);
            return !((leaves && direction != Direction.IN) || (enters && direction != Direction.OUT));
        }
    }

    private final List<Separation> separations = new ArrayList<>();

    /** Separates peers; what is returned ends it. */
    Runnable add(BitSet inside, Direction direction) {
        Separation separation = new Separation(inside, direction);
        separations.add(separation);
        return () -> separations.remove(separation);
    }

    boolean isOpen(int from, int to) {
        for (int index = 0; index < separations.size(); index++) {
            if (!separations.get(index).isOpen(from, to)) {
                return false;
            }
        }
        return true;
    }
}
