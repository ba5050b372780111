package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.msp.Identity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Identities that have been found valid, by their serialised form, so that checking a message costs one signature
 * verification and no certificate parsing. Two generations: when the younger is full it becomes the older, and what nobody
 * asked for in the meantime is forgotten. Readers never wait; what a race loses is only worked out again.
 */
final class IdentityMemory {
    /** Identities in one generation; with some 5 KB each the memory stays below 20 MB. */
    static final int GENERATION = 2_000;

    private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    private record Generations(Map<ByteString, Identity> young, Map<ByteString, Identity> old) {}

    @Nullable
    Identity get(ByteString serialized) {
        Generations now = generations;
        Identity found = now.young.get(serialized);
        if (found == null) {
            found = now.old.get(serialized);
            if (found != null) {
                put(found);
            }
        }
        return found;
    }

    void put(Identity identity) {
        Generations now = generations;
        if (now.young.size() >= GENERATION) {
            now = new Generations(new ConcurrentHashMap<>(), now.young);
            generations = now;
        }
        now.young.put(identity.serialized(), identity);
    }
}
