package dev.grapevine.comm;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Outgoing messages in order, bounded in messages and in bytes; what finds it full is not taken. */
final class DropTailQueue {
    private final int maxMessages;
    private final long maxBytes;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;

    DropTailQueue(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Queues a message; false if there is no room. An empty queue takes one message of any size. */
    boolean offer(Outgoing outgoing) {
        int size = outgoing.message().size();
        int room = outgoing.patient() ? 2 * maxMessages : maxMessages;
        if (!waiting.isEmpty() && (waiting.size() >= room || bytes + size > maxBytes)) {
            return false;
        }
        waiting.add(outgoing);
        bytes += size;
        return true;
    }

    @Nullable
    Outgoing poll() {
        Outgoing next = waiting.poll();
        if (next != null) {
            bytes -= next.message().size();
        }
        return next;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
