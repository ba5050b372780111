package dev.grapevine.node.metrics;

import dev.grapevine.proto.Meters;
import java.util.concurrent.atomic.LongAdder;

/** Something that only grows. */
final class CounterSeries implements Series, Meters.Counter {
    private final LongAdder value = new LongAdder();

    @Override
    public void add(long amount) {
        value.add(amount);
    }

    @Override
    public void write(StringBuilder text, String name, Labels labels) {
        labels.write(text, name, value.doubleValue());
    }
}
