package dev.grapevine.comm;

import dev.grapevine.proto.SignedGossipMessage;
import java.util.function.Consumer;

/**
 * A message on its way out.
 *
 * @param patient whether Fabric would wait for room for it (answers and acknowledged sends); we never block, and let it
 *     into a lane that others already find full
 * @param dropped told why, if it is not handed to a stream
 */
record Outgoing(SignedGossipMessage message, boolean patient, Consumer<String> dropped) {
    static Outgoing of(SignedGossipMessage message) {
        return new Outgoing(message, false, why -> {});
    }

    static Outgoing answer(SignedGossipMessage message) {
        return new Outgoing(message, true, why -> {});
    }
}
