package dev.grapevine.channel.pull;

import dev.grapevine.proto.PkiId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who was asked under which nonce, for some minutes of rounds: a connection that stood still brings everything when it goes on, and
 * who answered in time is not to blame.
 */
final class AskedLately {
    private static final int CAPACITY = 256;

    private final Map<Long, PkiId> asked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, PkiId> eldest) {
            return size() > CAPACITY;
        }
    };

    void add(PkiId peer, long nonce) {
        asked.put(nonce, peer);
    }

    boolean contains(PkiId peer, long nonce) {
        return peer.equals(asked.get(nonce));
    }
}
