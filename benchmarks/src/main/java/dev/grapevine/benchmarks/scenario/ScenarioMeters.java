package dev.grapevine.benchmarks.scenario;

import dev.grapevine.proto.Meters;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Of all peers' meters, those that scenarios look at. */
final class ScenarioMeters implements Meters {
    private final LongAdder sent = new LongAdder();
    private final LongAdder pulled = new LongAdder();

    /** Gossip envelopes sent on streams. */
    long messagesSent() {
        return sent.sum();
    }

    /** Blocks that were new and came by pull. */
    long blocksPulled() {
        return pulled.sum();
    }

    @Override
    public Counter counter(String name, String... labels) {
        if (name.equals("gossip_comm_messages_sent")) {
            return sent::add;
        }
        return name.equals("gossip_blocks_received") && Arrays.asList(labels).contains("pull")
                ? pulled::add
                : NONE.counter(name, labels);
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
