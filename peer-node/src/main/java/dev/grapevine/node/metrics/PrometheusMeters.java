package dev.grapevine.node.metrics;

import dev.grapevine.proto.Meters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Meters that Prometheus can scrape. */
public final class PrometheusMeters implements Meters {
    /** The content type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();
    private final List<Runnable> beforeScrape = new CopyOnWriteArrayList<>();

    /** @throws IllegalArgumentException if the name stands for another kind of meter, or the labels are not pairs */
    @Override
    public Counter counter(String name, String... labels) {
        return series(name, "counter", CounterSeries::new, CounterSeries.class, labels);
    }

    /** @throws IllegalArgumentException if the name stands for another kind of meter, or the labels are not pairs */
    @Override
    public Gauge gauge(String name, String... labels) {
        return series(name, "gauge", GaugeSeries::new, GaugeSeries.class, labels);
    }

    /** @throws IllegalArgumentException if the name stands for another kind of meter, or the labels are not pairs */
    @Override
    public Histogram histogram(String name, String... labels) {
        return series(name, "histogram", HistogramSeries::new, HistogramSeries.class, labels);
    }

    private <S extends Series> S series(String name, String type, Supplier<S> make, Class<S> kind, String... labels) {
        Family family = families.computeIfAbsent(name, unknown -> new Family(name, type));
        return kind.cast(family.series(type, make, labels));
    }

    /** Has {@code update} run at the start of each scrape, for gauges that nothing else keeps up to date. */
    public void beforeScrape(Runnable update) {
        beforeScrape.add(update);
    }

    /** Everything there is, in Prometheus' text format. */
    public String scrape() {
        beforeScrape.forEach(Runnable::run);
        StringBuilder text = new StringBuilder();
        families.values().forEach(family -> family.write(text));
        return text.toString();
    }
}
