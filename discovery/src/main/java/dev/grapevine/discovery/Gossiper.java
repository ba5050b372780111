package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import org.jspecify.annotations.Nullable;

/** Pushes a message to some peers: the batching emitter, as discovery sees it. On the loop only. */
@FunctionalInterface
public interface Gossiper {
    /**
     * Hands over an alive message, which goes to peers chosen by {@link DisclosurePolicy}.
     *
     * @param from the peer it came from, which does not get it back; null if it is ours
     */
    void gossip(SignedGossipMessage message, @Nullable PkiId from);
}
