package dev.grapevine.channel;

/**
 * Bounds that Fabric does not have; no honest peer reaches them.
 *
 * @param items elements of one snapshot that are looked at, and sent
 * @param chaincodes in one state-info message
 * @param stateInfoBytes of the state info kept for one channel, and of that for channels we have not joined
 * @param blockBytes of the blocks one channel keeps for those who ask
 * @param prematureBytes of the blocks one channel holds until the configuration they depend on is applied
 * @param identityBytes of the identity messages offered to others
 * @param verificationBytes under verification at one time in the whole node
 * @param peers remembered for request rates and authorisations
 * @param requestsPerSecond state-info pull requests and membership requests of one peer that are answered in the long run
 * @param requestBurst those that are answered at once
 */
public record GossipLimits(
        int items,
        int chaincodes,
        long stateInfoBytes,
        long blockBytes,
        long prematureBytes,
        long identityBytes,
        long verificationBytes,
        int peers,
        double requestsPerSecond,
        int requestBurst) {
    /** @throws IllegalArgumentException if a bound is not positive */
    public GossipLimits {
        boolean positive = items > 0
                && chaincodes > 0
                && stateInfoBytes > 0
                && blockBytes > 0
                && prematureBytes > 0
                && identityBytes > 0
                && verificationBytes > 0
                && peers > 0
                && requestsPerSecond > 0
                && requestBurst > 0;
        if (!positive) {
            throw new IllegalArgumentException("every gossip limit must be positive: items " + items + ", chaincodes "
                    + chaincodes + ", state-info bytes " + stateInfoBytes + ", block bytes " + blockBytes
                    + ", premature bytes " + prematureBytes + ", identity bytes " + identityBytes
                    + ", verification bytes " + verificationBytes + ", peers " + peers + ", requests per second "
                    + requestsPerSecond + ", burst " + requestBurst);
        }
    }

    public static GossipLimits defaults() {
        return new GossipLimits(10_000, 1_000, 32L << 20, 128L << 20, 64L << 20, 64L << 20, 128L << 20, 10_000, 1, 20);
    }
}
