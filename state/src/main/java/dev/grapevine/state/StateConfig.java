package dev.grapevine.state;

import java.time.Duration;

/**
 * Settings of state transfer, with Fabric's keys ({@code peer.gossip.state.*} unless noted) and defaults.
 *
 * @param enabled {@code enabled}: whether the periodic anti-entropy round runs. Repair of gaps that are known stays on either
 *     way, otherwise a follower that misses one block never catches up
 * @param checkInterval {@code checkInterval}: pause between anti-entropy rounds
 * @param responseTimeout {@code responseTimeout}: how long a peer may take to answer a state request; longer suits slow links
 * @param batchSize {@code batchSize}: a request spans at most this many blocks plus one, ours and those we serve
 * @param maxRetries {@code maxRetries}: how many further peers are asked for the block we wait for before the first is asked again
 * @param blockBufferSize {@code blockBufferSize}: a gossiped block this far ahead of the chain is refused when there is little room; twice as many
 *     buffered blocks hold the orderer's stream back
 * @param channelSize {@code channelSize}: state requests waiting to be served; more are dropped. 0 serves none
 * @param nonBlockingCommitMode {@code peer.gossip.nonBlockingCommitMode}: drop an orderer's block instead of holding its
 *     stream back
 */
public record StateConfig(
        boolean enabled,
        Duration checkInterval,
        Duration responseTimeout,
        int batchSize,
        int maxRetries,
        int blockBufferSize,
        int channelSize,
        boolean nonBlockingCommitMode) {

    /** @throws IllegalArgumentException naming the key that is wrong and what would be right */
    public StateConfig {
        positive("peer.gossip.state.checkInterval", checkInterval);
        positive("peer.gossip.state.responseTimeout", responseTimeout);
        between("peer.gossip.state.batchSize", batchSize, 1, 1000);
        between("peer.gossip.state.maxRetries", maxRetries, 0, 1000);
        between("peer.gossip.state.blockBufferSize", blockBufferSize, 1, 10_000);
        between("peer.gossip.state.channelSize", channelSize, 0, 100_000);
    }

    /** Fabric's defaults: the periodic round is off. */
    public static StateConfig defaults() {
        return new StateConfig(false, Duration.ofSeconds(10), Duration.ofSeconds(3), 10, 3, 20, 100, false);
    }

    /** These settings with the periodic round on or off. */
    public StateConfig withEnabled(boolean value) {
        return new StateConfig(
                value,
                checkInterval,
                responseTimeout,
                batchSize,
                maxRetries,
                blockBufferSize,
                channelSize,
                nonBlockingCommitMode);
    }

    /** These settings with another bound on waiting requests. */
    public StateConfig withChannelSize(int value) {
        return new StateConfig(
                enabled,
                checkInterval,
                responseTimeout,
                batchSize,
                maxRetries,
                blockBufferSize,
                value,
                nonBlockingCommitMode);
    }

    /** These settings with or without the non-blocking commit mode. */
    public StateConfig withNonBlockingCommitMode(boolean value) {
        return new StateConfig(
                enabled, checkInterval, responseTimeout, batchSize, maxRetries, blockBufferSize, channelSize, value);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be a positive duration such as 3s");
        }
    }

    private static void between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + " is " + value + "; it must be a whole number from " + least + " to " + most);
        }
    }
}
