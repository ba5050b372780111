package dev.grapevine.comm;

import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A bounded queue of outgoing messages, in messages and in bytes. */
final class Lane {
    private final int maxMessages;
    private final long maxBytes;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;

    Lane(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Whether a message carries blocks or their like, and so must not stand before a heartbeat. */
    static boolean isBulk(SignedGossipMessage message) {
        return switch (message.type()) {
            case DATA_MSG, DATA_UPDATE, STATE_RESPONSE, STATE_SNAPSHOT, PRIVATERES, PRIVATE_DATA -> true;
            case EMPTY -> message.extension().filter(Extensions::isBulk).isPresent();
            default -> false;
        };
    }

    /** Queues a message; false if there is no room. An empty lane takes one message of any size. */
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
