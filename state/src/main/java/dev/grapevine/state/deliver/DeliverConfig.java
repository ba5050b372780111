package dev.grapevine.state.deliver;

import java.time.Duration;
import java.util.List;

/**
 * How a peer pulls blocks from the ordering service. Keys are below {@code peer.deliveryclient} unless they say otherwise.
 *
 * @param reconnectTotalTimeThreshold {@code reconnectTotalTimeThreshold}: time spent waiting between failed attempts, without
 *     a block in between, after which an elected leader lets another peer try
 * @param reconnectBackoffThreshold {@code peer.deliveryclient.reConnectBackoffThreshold}: longest wait between two attempts
 * @param minimalReconnectInterval {@code minimalReconnectInterval}: longest wait after the first failure; it grows by a fifth
 *     with each further one
 * @param connTimeout {@code connTimeout}: how long dialling an ordering node may take
 * @param keepaliveInterval {@code peer.keepalive.deliveryClient.interval}: silence after which the connection is probed
 * @param keepaliveTimeout {@code peer.keepalive.deliveryClient.timeout}: how long the answer to that probe may take
 * @param blockGossipEnabled {@code blockGossipEnabled}: whether blocks from the ordering service are pushed to other peers
 * @param addressOverrides {@code addressOverrides}
 */
public record DeliverConfig(
        Duration reconnectTotalTimeThreshold,
        Duration reconnectBackoffThreshold,
        Duration minimalReconnectInterval,
        Duration connTimeout,
        Duration keepaliveInterval,
        Duration keepaliveTimeout,
        boolean blockGossipEnabled,
        List<AddressOverride> addressOverrides) {
    /** @throws IllegalArgumentException naming the key whose value is wrong, and what would be right */
    public DeliverConfig {
        positive("peer.deliveryclient.reconnectTotalTimeThreshold", reconnectTotalTimeThreshold);
        positive("peer.deliveryclient.minimalReconnectInterval", minimalReconnectInterval);
        positive("peer.deliveryclient.connTimeout", connTimeout);
        positive("peer.keepalive.deliveryClient.interval", keepaliveInterval);
        positive("peer.keepalive.deliveryClient.timeout", keepaliveTimeout);
        if (reconnectBackoffThreshold.compareTo(minimalReconnectInterval) < 0) {
            throw new IllegalArgumentException("peer.deliveryclient.reConnectBackoffThreshold is "
                    + reconnectBackoffThreshold + ": it must not be less than minimalReconnectInterval ("
                    + minimalReconnectInterval + ")");
        }
        addressOverrides = List.copyOf(addressOverrides);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be more than zero");
        }
    }

    /** Fabric's: one hour, one hour, 100 ms, 3 s, 60 s, 20 s, gossip on, no overrides. */
    public static DeliverConfig defaults() {
        return new DeliverConfig(
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofMillis(100),
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                true,
                List.of());
    }

    /** The same with other limits of trying. */
    public DeliverConfig withThresholds(Duration totalTime, Duration backoff) {
        return new DeliverConfig(
                totalTime,
                backoff,
                minimalReconnectInterval,
                connTimeout,
                keepaliveInterval,
                keepaliveTimeout,
                blockGossipEnabled,
                addressOverrides);
    }

    /** The same with another limit of dialling. */
    public DeliverConfig withConnTimeout(Duration timeout) {
        return new DeliverConfig(
                reconnectTotalTimeThreshold,
                reconnectBackoffThreshold,
                minimalReconnectInterval,
                timeout,
                keepaliveInterval,
                keepaliveTimeout,
                blockGossipEnabled,
                addressOverrides);
    }

    /** The same with these overrides. */
    public DeliverConfig withAddressOverrides(List<AddressOverride> overrides) {
        return new DeliverConfig(
                reconnectTotalTimeThreshold,
                reconnectBackoffThreshold,
                minimalReconnectInterval,
                connTimeout,
                keepaliveInterval,
                keepaliveTimeout,
                blockGossipEnabled,
                overrides);
    }
}
