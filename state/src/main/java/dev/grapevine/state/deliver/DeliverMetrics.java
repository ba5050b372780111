package dev.grapevine.state.deliver;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;

/** A deliver client's numbers. Fabric's client has none; the names follow its style. */
final class DeliverMetrics {
    private final ChannelId channel;
    private final Meters meters;
    private final Meters.Counter blocks;
    private final Meters.Gauge connected;

    DeliverMetrics(ChannelId channel, Meters meters) {
        this.channel = channel;
        this.meters = meters;
        this.blocks = meters.counter("deliver_client_blocks_received", "channel", channel.name());
        this.connected = meters.gauge("deliver_client_connected", "channel", channel.name());
    }

    void passed() {
        blocks.increment();
    }

    void streaming(boolean now) {
        connected.set(now ? 1 : 0);
    }

    void failed(String reason) {
        meters.counter("deliver_client_failures", "channel", channel.name(), "reason", reason)
                .increment();
    }
}
