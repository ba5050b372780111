package dev.grapevine.discovery;

import dev.grapevine.proto.MspId;

/**
 * A peer that a channel's configuration names for others to connect to.
 *
 * @param organisation under which it is listed
 */
public record AnchorPeer(MspId organisation, String host, int port) {
    /** {@code host:port}. */
    public String endpoint() {
        return host + ":" + port;
    }

    /** Fabric passes over entries without a host or a port. */
    boolean isUsable() {
        return Endpoint.fault(endpoint()).isEmpty();
    }
}
