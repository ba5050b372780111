package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The identities of one MSP that were seen last, with what was found out about them. When it is full, the one that was not
 * asked for the longest goes. Safe from any thread.
 */
final class IdentityCache {
    /** Fabric keeps 100; a peer of a big network meets more, and one takes only some kilobytes. */
    static final int CAPACITY = 1_000;

    private final Map<ByteString, Identity> identities = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Identity> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized Optional<Identity> get(ByteString serialized) {
        return Optional.ofNullable(identities.get(serialized));
    }

    synchronized void put(Identity identity) {
        identities.put(identity.serialized(), identity);
    }
}
