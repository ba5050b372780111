package dev.grapevine.channel.push;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to others.
 *
 * @param from the peer it came from, which does not get it back; null for a message of our own
 */
public record Outgoing(
        SignedGossipMessage message, @Nullable PkiId from) {}
