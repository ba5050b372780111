package dev.grapevine.comm;

import dev.grapevine.proto.Meters;

/** What this module counts, under Fabric's names; {@code gossip_comm_dropped} with its reason is ours. */
final class CommCounters {
    private final Meters meters;
    private final Meters.Counter sent;
    private final Meters.Counter received;
    private final Meters.Counter overflow;

    CommCounters(Meters meters) {
        this.meters = meters;
        this.sent = meters.counter("gossip_comm_messages_sent");
        this.received = meters.counter("gossip_comm_messages_received");
        this.overflow = meters.counter("gossip_comm_overflow_count");
    }

    void sent() {
        sent.increment();
    }

    void received() {
        received.increment();
    }

    void overflow(Outgoing outgoing, String reason) {
        overflow.increment();
        dropped(outgoing, reason);
    }

    /** Counts a message that is never sent, and tells whoever waits for its fate. */
    void dropped(Outgoing outgoing, String reason) {
        meters.counter("gossip_comm_dropped", "reason", reason).increment();
        outgoing.dropped().accept(reason);
    }
}
