package dev.grapevine.crypto.config;

/** A peer that an organisation names as the way to it. */
public record AnchorPeer(String host, int port) {
    /** The endpoint as gossip writes it. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
