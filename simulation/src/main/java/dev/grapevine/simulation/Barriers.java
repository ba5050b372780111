package dev.grapevine.simulation;

import dev.grapevine.simulation.scenario.Fault.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What keeps frames from passing, or holds them: partitions, of which several may overlap, and clogs. */
final class Barriers {
    /** Some nodes apart from all others. */
    record Partition(Set<String> inside, Direction direction) {
        boolean isOpen(String from, String to) {
            boolean leaves = inside.contains(from) && !inside.contains(to);
            boolean enters = !inside.contains(from) && inside.contains(to);
            return !((leaves && direction != Direction.IN) || (enters && direction != Direction.OUT));
        }
    }

    private record Clog(Set<String> nodes, long until) {}

    private final List<Partition> partitions = new ArrayList<>();
    private final List<Clog> clogs = new ArrayList<>();

    void add(Partition partition) {
        partitions.add(partition);
    }

    void remove(Partition partition) {
        partitions.remove(partition);
    }

    void removePartitions() {
        partitions.clear();
    }

    /** Holds what these nodes send and what is sent to them from {@code now} on. */
    void clog(Set<String> nodes, long now, long until) {
        clogs.removeIf(clog -> clog.until() <= now);
        clogs.add(new Clog(nodes, until));
    }

    boolean isOpen(String from, String to) {
        for (Partition partition : partitions) {
            if (!partition.isOpen(from, to)) {
                return false;
            }
        }
        return true;
    }

    /** When a frame of now may go on its way. */
    long heldUntil(String from, String to, long now) {
        if (clogs.isEmpty()) {
            return now;
        }
        long until = now;
        for (Clog clog : clogs) {
            if (clog.nodes().contains(from) || clog.nodes().contains(to)) {
                until = Math.max(until, clog.until());
            }
        }
        return until;
    }
}
