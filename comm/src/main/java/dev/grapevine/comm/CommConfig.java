package dev.grapevine.comm;

import java.time.Duration;

/**
 * Settings of this module, with Fabric's keys and defaults.
 *
 * @param dialTimeout to connect to a peer ({@code peer.gossip.dialTimeout}, 3 s)
 * @param connTimeout for the answer to a ping and for the peer's handshake message ({@code peer.gossip.connTimeout}, 2 s)
 * @param recvBuffSize messages of one link that may be in work at once before no more are read from it ({@code
 *     peer.gossip.recvBuffSize}, 20)
 * @param sendBuffSize messages that wait in each lane of a link; a full lane drops ({@code peer.gossip.sendBuffSize}; 200
 *     as in Fabric's sample file, whose code falls back to 20)
 * @param extensions whether we announce that we speak Grapevine's extensions; without, we are a plain Fabric peer
 * @param limits bounds of memory
 * @param transport settings of connections
 */
public record CommConfig(
        Duration dialTimeout,
        Duration connTimeout,
        int recvBuffSize,
        int sendBuffSize,
        boolean extensions,
        CommLimits limits,
        TransportConfig transport) {
    /** @throws IllegalArgumentException naming the key that is wrong */
    public CommConfig {
        Check.positive("peer.gossip.dialTimeout", dialTimeout);
        Check.positive("peer.gossip.connTimeout", connTimeout);
        Check.positive("peer.gossip.recvBuffSize", recvBuffSize);
        Check.positive("peer.gossip.sendBuffSize", sendBuffSize);
    }

    /** Fabric's defaults. */
    public static CommConfig defaults() {
        return new CommConfig(
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                20,
                200,
                true,
                CommLimits.defaults(),
                TransportConfig.defaults());
    }

    public CommConfig withTimeouts(Duration dial, Duration conn) {
        return new CommConfig(dial, conn, recvBuffSize, sendBuffSize, extensions, limits, transport);
    }

    public CommConfig withBuffers(int receive, int send) {
        return new CommConfig(dialTimeout, connTimeout, receive, send, extensions, limits, transport);
    }

    public CommConfig withExtensions(boolean announced) {
        return new CommConfig(dialTimeout, connTimeout, recvBuffSize, sendBuffSize, announced, limits, transport);
    }

    public CommConfig withLimits(CommLimits changed) {
        return new CommConfig(dialTimeout, connTimeout, recvBuffSize, sendBuffSize, extensions, changed, transport);
    }

    /** How close two dials must be to count as simultaneous: as long as one of them can take. */
    Duration simultaneous() {
        return dialTimeout.plus(connTimeout);
    }
}
