package dev.grapevine.comm;

import dev.grapevine.proto.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Meters to look at in tests. Counters with labels are found as {@code name/value}. */
public final class CountingMeters implements Meters {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    @Override
    public Counter counter(String name, String... labels) {
        String key = labels.length == 0 ? name : name + "/" + labels[1];
        return amount -> counts.merge(key, amount, Long::sum);
    }

    @Override
    public Gauge gauge(String name, String... labels) {
        return value -> {};
    }

    @Override
    public Histogram histogram(String name, String... labels) {
        return value -> {};
    }

    public long count(String key) {
        return counts.getOrDefault(key, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
