package dev.grapevine.comm;

import dev.grapevine.proto.SignedGossipMessage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one peer, in two lanes: control (membership, leadership, state info, acknowledgements, pull
 * negotiation) goes first and has room of its own, so that a heartbeat neither waits behind blocks nor is dropped for them.
 * Fabric has one queue per peer, where it does both.
 */
final class OutboundQueue {
    private final DropTailQueue control;
    private final DropTailQueue bulk;
    private final int maxMessageBytes;
    private final CommCounters counters;

    OutboundQueue(CommConfig config, CommCounters counters) {
        this.control = new DropTailQueue(config.sendBuffSize(), config.limits().controlLaneBytes());
        this.bulk = new DropTailQueue(config.sendBuffSize(), config.limits().bulkLaneBytes());
        this.maxMessageBytes = config.transport().maxMessageBytes();
        this.counters = counters;
    }

    /** Queues a message, or drops and counts it if its lane is full or nobody would accept it. */
    void add(Outgoing outgoing) {
        if (outgoing.message().size() > maxMessageBytes) {
            counters.dropped(outgoing, "oversized");
            return;
        }
        boolean isBulk = isBulk(outgoing.message());
        if (!(isBulk ? bulk : control).offer(outgoing)) {
            counters.overflow(outgoing, isBulk ? "bulk-lane-full" : "control-lane-full");
        }
    }

    /** What carries blocks or their like must not stand before a heartbeat. */
    private static boolean isBulk(SignedGossipMessage message) {
        return switch (message.type()) {
            case STATE_SNAPSHOT, PRIVATERES, PRIVATE_DATA -> true;
            default -> message.carriesBlocks();
        };
    }

    @Nullable
    Outgoing poll() {
        Outgoing next = control.poll();
        return next == null ? bulk.poll() : next;
    }

    /** Takes out all that waits in the control lane, without regard to whether the stream is ready for it. */
    void drainControl(Consumer<Outgoing> last) {
        for (Outgoing next = control.poll(); next != null; next = control.poll()) {
            last.accept(next);
        }
    }

    boolean isEmpty() {
        return control.isEmpty() && bulk.isEmpty();
    }

    /** Drops everything. */
    void drop(String reason) {
        for (Outgoing next = poll(); next != null; next = poll()) {
            counters.dropped(next, reason);
        }
    }

    /** Hands everything over to another queue. */
    void moveTo(OutboundQueue other) {
        for (Outgoing next = poll(); next != null; next = poll()) {
            other.add(next);
        }
    }
}
