package dev.grapevine.channel;

import dev.grapevine.proto.Meters;
import java.util.Map;
import java.util.TreeMap;

/** Meters whose values a test can read, by the name and the last label. */
final class RecordingMeters implements Meters {
    private final Map<String, Double> values = new TreeMap<>();

    private static String key(String name, String... labels) {
        return labels.length == 0 ? name : name + "/" + labels[labels.length - 1];
    }

    @Override
    public Counter counter(String name, String... labels) {
        return amount -> values.merge(key(name, labels), (double) amount, Double::sum);
    }

    @Override
    public Gauge gauge(String name, String... labels) {
        return value -> values.put(key(name, labels), value);
    }

    @Override
    public Histogram histogram(String name, String... labels) {
        return value -> values.put(key(name, labels), value);
    }

    double gaugeOf(String name, String label) {
        return values.getOrDefault(name + "/" + label, 0.0);
    }

    /** How often something was refused for a reason. */
    long rejected(String reason) {
        return (long) gaugeOf("gossip_rejected", reason);
    }

    /** How often something was dropped for a reason. */
    long dropped(String reason) {
        return (long) gaugeOf("gossip_dropped", reason);
    }
}
