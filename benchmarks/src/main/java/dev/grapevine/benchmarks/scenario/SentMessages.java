package dev.grapevine.benchmarks.scenario;

import dev.grapevine.proto.Meters;
import java.util.concurrent.atomic.LongAdder;

/** Of all meters, the gossip envelopes that peers have sent on streams. */
final class SentMessages implements Meters {
    private final LongAdder sent = new LongAdder();

    long total() {
        return sent.sum();
    }

    @Override
    public Counter counter(String name, String... labels) {
        return name.equals("gossip_comm_messages_sent") ? sent::add : NONE.counter(name, labels);
    }

    @Override
    public Gauge gauge(String name, String... labels) {
        return NONE.gauge(name, labels);
    }

    @Override
    public Histogram histogram(String name, String... labels) {
        return NONE.histogram(name, labels);
    }
}
