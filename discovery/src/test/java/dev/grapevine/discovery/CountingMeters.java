package dev.grapevine.discovery;

import dev.grapevine.proto.Meters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Meters that tests can read. */
final class CountingMeters implements Meters {
    private final Map<String, Double> values = new TreeMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        String key = name + List.of(labels);
        return amount -> values.merge(key, (double) amount, Double::sum);
    }

    @Override
    public Gauge gauge(String name, String... labels) {
        String key = name + List.of(labels);
        return value -> values.put(key, value);
    }

    @Override
    public Histogram histogram(String name, String... labels) {
        return value -> {};
    }

    double rejected(String reason) {
        return values.getOrDefault("gossip_rejected" + List.of("reason", reason), 0.0);
    }

    double dropped(String reason) {
        return values.getOrDefault("gossip_dropped" + List.of("reason", reason), 0.0);
    }

    /** Of a counter or gauge without labels. */
    double count(String name) {
        return values.getOrDefault(name + "[]", 0.0);
    }

    double duplicates() {
        return values.getOrDefault("gossip_discovery_duplicates[]", 0.0);
    }

    double members(String state) {
        return values.getOrDefault("gossip_discovery_members" + List.of("state", state), 0.0);
    }
}
