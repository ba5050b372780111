package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;

/**
 * A signed statement on its way through the network: an alive message, an accusation or a farewell.
 *
 * @param about whom it is
 * @param by who said so; the same for an alive message and a farewell
 */
public record Rumour(PkiId about, PkiId by, SignedGossipMessage statement) {
    public boolean isAccusation() {
        return !about.equals(by);
    }

    /** Whether it has nothing to say any more once {@code newer} is known. */
    boolean isSupersededBy(Rumour newer) {
        return about.equals(newer.about) && (by.equals(newer.by) || !newer.isAccusation());
    }
}
