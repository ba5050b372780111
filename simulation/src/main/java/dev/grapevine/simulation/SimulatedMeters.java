package dev.grapevine.simulation;

import dev.grapevine.proto.Meters;
import java.util.Map;
import java.util.TreeMap;

/** What one peer reports, over all its restarts: sums of counters, and the highest value each gauge ever had. */
final class SimulatedMeters implements Meters {
    private static final class Sum implements Counter {
        private long value;

        @Override
        public void add(long amount) {
            value += amount;
        }
    }

    private static final class Peak implements Gauge {
        private double value;

        @Override
        public void set(double newValue) {
            value = Math.max(value, newValue);
        }
    }

    private final Map<String, Sum> counters = new TreeMap<>();
    private final Map<String, Peak> peaks = new TreeMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        return counters.computeIfAbsent(key(name, labels), unknown -> new Sum());
    }

    @Override
    public Gauge gauge(String name, String... labels) {
        return peaks.computeIfAbsent(key(name, labels), unknown -> new Peak());
    }

    @Override
    public Histogram histogram(String name, String... labels) {
        return value -> {};
    }

    private static String key(String name, String... labels) {
        return (labels.length == 0 ? name : name + " " + labels[labels.length - 1]).intern();
    }

    /** How much a counter with this last label has counted. */
    long count(String name, String label) {
        Sum counter = counters.get(key(name, label));
        return counter == null ? 0 : counter.value;
    }

    /** The counters of what was refused or dropped, by name and reason. */
    Map<String, Long> refusals() {
        Map<String, Long> found = new TreeMap<>();
        counters.forEach((name, counter) -> {
            if (name.startsWith("gossip_rejected ") || name.startsWith("gossip_dropped ")) {
                found.put(name, counter.value);
            }
        });
        return found;
    }

    /** The highest value of a gauge with this last label. */
    double peak(String name, String label) {
        Peak gauge = peaks.get(key(name, label));
        return gauge == null ? 0 : gauge.value;
    }
}
