package dev.grapevine.state.deliver;

import dev.grapevine.proto.Meters;
import java.util.Map;

/** Meters a test can read: counters and gauges by name and label values. */
record RecordingMeters(Map<String, Double> values) implements Meters {
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

    private static String key(String name, String... labels) {
        StringBuilder key = new StringBuilder(name);
        for (int i = 1; i < labels.length; i += 2) {
            key.append(' ').append(labels[i]);
        }
        return key.toString();
    }
}
