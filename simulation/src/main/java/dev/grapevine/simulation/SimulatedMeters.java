package dev.grapevine.simulation;

import dev.grapevine.proto.Meters;
import java.util.Map;
import java.util.TreeMap;

/** What one peer reports, over all its restarts: sums of counters, and the highest value each gauge ever had. */
final class SimulatedMeters implements Meters {
    private final Map<String, Long> counters = new TreeMap<>();
    private final Map<String, Double> peaks = new TreeMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        String key = key(name, labels);
        return amount -> counters.merge(key, amount, Long::sum);
    }

    @Override
    public Gauge gauge(String name, String... labels) {
        String key = key(name, labels);
        return value -> peaks.merge(key, value, Math::max);
    }

    @Override
    public Histogram histogram(String name, String... labels) {
        return value -> {};
    }

    private static String key(String name, String... labels) {
        return labels.length == 0 ? name : name + " " + labels[labels.length - 1];
    }

    /** How much a counter with this last label has counted. */
    long count(String name, String label) {
        return counters.getOrDefault(key(name, label), 0L);
    }

    /** The counters of what was refused or dropped, by name and reason. */
    Map<String, Long> refusals() {
        Map<String, Long> found = new TreeMap<>();
        counters.forEach((name, count) -> {
            if (name.startsWith("gossip_rejected ") || name.startsWith("gossip_dropped ")) {
                found.put(name, count);
            }
        });
        return found;
    }

    /** The highest value of a gauge with this last label. */
    double peak(String name, String label) {
        return peaks.getOrDefault(key(name, label), 0.0);
    }
}
