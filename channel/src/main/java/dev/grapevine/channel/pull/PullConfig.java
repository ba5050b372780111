package dev.grapevine.channel.pull;

import java.time.Duration;

/**
 * How blocks and identities are pulled.
 *
 * @param interval from one round to the next ({@code peer.gossip.pullInterval}); should exceed the digest and the response
 *     wait together, since a new round ends the one before
 * @param peers whom a round asks ({@code peer.gossip.pullPeerNum})
 * @param digestWait how long digests are gathered before items are asked for ({@code peer.gossip.digestWaitTime})
 * @param requestWait how long a request may follow the digest it answers ({@code peer.gossip.requestWaitTime})
 * @param responseWait how long items are accepted after they were asked for ({@code peer.gossip.responseWaitTime})
 * @param maxItems ids in one digest, request or update that are looked at
 * @param maxUpdateBytes bound on the items in one update; what does not fit is asked for again
 * @param hellosPerSecond hellos of one peer that are answered in the long run
 * @param helloBurst hellos of one peer that are answered at once
 */
public record PullConfig(
        Duration interval,
        int peers,
        Duration digestWait,
        Duration requestWait,
        Duration responseWait,
        int maxItems,
        long maxUpdateBytes,
        double hellosPerSecond,
        int helloBurst) {
    /** @throws IllegalArgumentException naming the key that is wrong */
    public PullConfig {
        positive("peer.gossip.pullInterval", interval, "4s");
        positive("peer.gossip.digestWaitTime", digestWait, "1s");
        positive("peer.gossip.requestWaitTime", requestWait, "1500ms");
        positive("peer.gossip.responseWaitTime", responseWait, "2s");
        if (peers < 1) {
            throw new IllegalArgumentException(
                    "peer.gossip.pullPeerNum is " + peers + "; it must be at least 1, e.g. 3");
        }
        if (maxItems < 1 || maxUpdateBytes < 1 || hellosPerSecond <= 0 || helloBurst < 1) {
            throw new IllegalArgumentException("the limits of the pull must be positive: items " + maxItems + ", bytes "
                    + maxUpdateBytes + ", hellos per second " + hellosPerSecond + ", burst " + helloBurst);
        }
    }

    /** Fabric's values, and limits that no honest Fabric peer reaches. */
    public static PullConfig defaults() {
        return new PullConfig(
                Duration.ofSeconds(4),
                3,
                Duration.ofSeconds(1),
                Duration.ofMillis(1500),
                Duration.ofSeconds(2),
                10_000,
                64 << 20,
                1,
                10);
    }

    private static void positive(String key, Duration value, String typical) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be more than 0, e.g. " + typical);
        }
    }
}
