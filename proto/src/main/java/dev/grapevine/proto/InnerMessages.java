package dev.grapevine.proto;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.gossip.Envelope;

/**
 * Messages that come inside others: rumours, and what is in answers and snapshots. The same one comes many times in a short while, and
 * is parsed once; and it gets bytes of its own, or one that is kept would keep the whole frame it came in.
 *
 * <p>Not thread-safe: on the loop only.
 */
public final class InnerMessages {
    /** In bytes; what is larger is parsed each time. */
    private static final int LARGEST = 8 * 1024;

    private final Map<ByteString, SignedGossipMessage> recent;

    /** @param capacity how many are remembered, those that were asked for last */
    public InnerMessages(int capacity) {
        this.recent = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteString, SignedGossipMessage> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * What an envelope says; the same object for the same bytes, if they came lately.
     *
     * @throws MalformedMessageException if it is no gossip message
     */
    public SignedGossipMessage parse(ByteString wire) throws MalformedMessageException {
        SignedGossipMessage known = recent.get(wire);
        if (known != null) {
            return known;
        }
        SignedGossipMessage message = SignedGossipMessage.parse(ByteString.copyFrom(wire.toByteArray()));
        if (wire.size() <= LARGEST) {
            recent.put(message.wire(), message);
        }
        return message;
    }

    /**
     * As the other.
     *
     * @throws MalformedMessageException if its payload is no gossip message
     */
    public SignedGossipMessage of(Envelope envelope) throws MalformedMessageException {
        return parse(envelope.toByteString());
    }
}
