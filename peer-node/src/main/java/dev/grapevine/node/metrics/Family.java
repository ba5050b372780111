package dev.grapevine.node.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All meters of one name. */
final class Family {
    /** More series than this of one name are merged into one whose labels are all {@code other}. */
    static final int MAX_SERIES = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Family.class);

    private final String name;
    private final String type;
    private final Map<Labels, Series> series = new LinkedHashMap<>();
    private boolean full;

    Family(String name, String type) {
        this.name = name;
        this.type = type;
    }

    synchronized Series series(String wanted, Supplier<? extends Series> make, String... labels) {
        if (!wanted.equals(type)) {
            throw new IllegalArgumentException(name + " is a " + type + ", not a " + wanted);
        }
        Labels key = new Labels(List.of(labels));
        Series known = series.get(key);
        return known != null ? known : series.computeIfAbsent(bounded(key), absent -> make.get());
    }

    private Labels bounded(Labels key) {
        if (series.size() < MAX_SERIES) {
            return key;
        }
        if (!full) {
            full = true;
            LOG.warn("{} has {} series, further ones are counted together", name, MAX_SERIES);
        }
        return key.merged();
    }

    synchronized void write(StringBuilder text) {
        text.append("# HELP ").append(name).append(' ').append(Help.of(name)).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        series.forEach((labels, each) -> each.write(text, name, labels));
    }
}
