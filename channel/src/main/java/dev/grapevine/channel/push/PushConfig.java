package dev.grapevine.channel.push;

import java.time.Duration;

/**
 * How messages are pushed.
 *
 * @param maxBurstLatency longest time a message waits for others ({@code peer.gossip.maxPropagationBurstLatency})
 * @param maxBurstSize messages that are sent at once when so many have gathered ({@code peer.gossip.maxPropagationBurstSize})
 * @param iterations rounds a message takes part in ({@code peer.gossip.propagateIterations})
 * @param peers whom a message is sent to in each group and round ({@code peer.gossip.propagatePeerNum}); more spreads faster
 *     and costs bandwidth in proportion
 * @param maxBytes gathered bytes that are sent at once whatever their number
 */
public record PushConfig(Duration maxBurstLatency, int maxBurstSize, int iterations, int peers, long maxBytes) {
    /** @throws IllegalArgumentException naming the key that is wrong */
    public PushConfig {
        if (maxBurstLatency.isNegative() || maxBurstLatency.isZero()) {
            throw new IllegalArgumentException("peer.gossip.maxPropagationBurstLatency is " + maxBurstLatency
                    + "; it must be more than 0, e.g. 10ms");
        }
        positive("peer.gossip.maxPropagationBurstSize", maxBurstSize, 10);
        positive("peer.gossip.propagateIterations", iterations, 1);
        positive("peer.gossip.propagatePeerNum", peers, 3);
        positive("the emitter's bytes", maxBytes, 1 << 26);
    }

    /** Fabric's values. */
    public static PushConfig defaults() {
        return new PushConfig(Duration.ofMillis(10), 10, 1, 3, 1 << 26);
    }

    public PushConfig withPeers(int count) {
        return new PushConfig(maxBurstLatency, maxBurstSize, iterations, count, maxBytes);
    }

    public PushConfig withIterations(int count) {
        return new PushConfig(maxBurstLatency, maxBurstSize, count, peers, maxBytes);
    }

    public PushConfig withBurst(int size, Duration latency) {
        return new PushConfig(latency, size, iterations, peers, maxBytes);
    }

    private static void positive(String key, long value, long typical) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be at least 1, e.g. " + typical);
        }
    }
}
