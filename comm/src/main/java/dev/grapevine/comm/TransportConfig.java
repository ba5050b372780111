package dev.grapevine.comm;

import java.time.Duration;

/**
 * Settings of connections, with Fabric's keys and defaults.
 *
 * @param maxMessageBytes of one frame in either direction ({@code peer.maxRecvMsgSize}, {@code peer.maxSendMsgSize}; 100 MiB)
 * @param clientKeepAlive idle time after which we ping a peer that we dialled ({@code peer.keepalive.client.interval},
 *     60 s; Fabric peers hang up on anything faster)
 * @param clientKeepAliveTimeout for the answer ({@code peer.keepalive.client.timeout}, 20 s)
 * @param serverKeepAlive the same towards peers that dialled us ({@code peer.keepalive.interval}, 7200 s)
 * @param serverKeepAliveTimeout for the answer ({@code peer.keepalive.timeout}, 20 s)
 * @param permittedKeepAlive the fastest keepalive we tolerate ({@code peer.keepalive.minInterval}, 60 s)
 * @param connectionTimeout for an inbound connection to finish its TLS handshake ({@code peer.connectiontimeout}, 5 s)
 * @param flowControlWindow bytes on the way to us on one stream, unread (ours; 1 MiB)
 * @param readyThreshold bytes buffered for the network below which a stream counts as ready (ours; 256 KiB)
 */
public record TransportConfig(
        int maxMessageBytes,
        Duration clientKeepAlive,
        Duration clientKeepAliveTimeout,
        Duration serverKeepAlive,
        Duration serverKeepAliveTimeout,
        Duration permittedKeepAlive,
        Duration connectionTimeout,
        int flowControlWindow,
        int readyThreshold) {
    private static final int SMALLEST_WINDOW = 65_535;

    /** @throws IllegalArgumentException naming the key that is wrong */
    public TransportConfig {
        Check.atLeast("peer.maxRecvMsgSize", maxMessageBytes, SMALLEST_WINDOW);
        Check.positive("peer.keepalive.client.interval", clientKeepAlive);
        Check.positive("peer.keepalive.client.timeout", clientKeepAliveTimeout);
        Check.positive("peer.keepalive.interval", serverKeepAlive);
        Check.positive("peer.keepalive.timeout", serverKeepAliveTimeout);
        Check.positive("peer.keepalive.minInterval", permittedKeepAlive);
        Check.positive("peer.connectiontimeout", connectionTimeout);
        Check.atLeast("grapevine.comm.flowControlWindow", flowControlWindow, SMALLEST_WINDOW);
        Check.positive("grapevine.comm.readyThreshold", readyThreshold);
        if (clientKeepAlive.compareTo(Duration.ofSeconds(60)) < 0) {
            throw new IllegalArgumentException("peer.keepalive.client.interval is " + clientKeepAlive
                    + "; Fabric peers hang up on keepalives faster than 60 s");
        }
    }

    /** Fabric's defaults. */
    public static TransportConfig defaults() {
        return new TransportConfig(
                100 * 1024 * 1024,
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(7200),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                1024 * 1024,
                256 * 1024);
    }
}
