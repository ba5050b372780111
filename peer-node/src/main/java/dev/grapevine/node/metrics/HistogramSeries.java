package dev.grapevine.node.metrics;

import dev.grapevine.proto.Meters;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** A distribution over Prometheus' default buckets, which Fabric's histograms have. */
final class HistogramSeries implements Series, Meters.Histogram {
    private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY};

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length];
    private final DoubleAdder sum = new DoubleAdder();

    HistogramSeries() {
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            buckets[bucket] = new LongAdder();
        }
    }

    @Override
    public void observe(double value) {
        int bucket = 0;
        while (value > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sum.add(value);
    }

    @Override
    public void write(StringBuilder text, String name, Labels labels) {
        long count = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            count += buckets[bucket].sum();
            labels.with("le", Labels.number(BOUNDS[bucket])).write(text, name + "_bucket", (double) count);
        }
        labels.write(text, name + "_sum", sum.sum());
        // From the buckets, so that the count and the last bucket agree whatever is observed meanwhile.
        labels.write(text, name + "_count", (double) count);
    }
}
