package dev.grapevine.channel;

import dev.grapevine.channel.pull.PullConfig;
import dev.grapevine.channel.push.PushConfig;
import dev.grapevine.channel.spread.SpreadConfig;
import java.time.Duration;

/**
 * How this room works.
 *
 * @param requestStateInfoInterval between pulls of state info ({@code peer.gossip.requestStateInfoInterval})
 * @param publishStateInfoInterval between publications of our own, if it changed ({@code peer.gossip.publishStateInfoInterval});
 *     shorter lets others ask us for new blocks sooner
 * @param membershipTrackerInterval between looks at who is in a channel ({@code peer.gossip.membershipTrackerInterval})
 * @param leaderAliveThreshold of leader election; leadership messages are remembered ten times as long
 *     ({@code peer.gossip.election.leaderAliveThreshold})
 * @param maxBlockCountToStore how far behind the newest block one may be to be kept ({@code peer.gossip.maxBlockCountToStore})
 * @param spread how blocks go to other Grapevine peers
 */
public record GossipConfig(
        PushConfig push,
        PullConfig pull,
        Duration requestStateInfoInterval,
        Duration publishStateInfoInterval,
        Duration membershipTrackerInterval,
        Duration leaderAliveThreshold,
        int maxBlockCountToStore,
        GossipLimits limits,
        SpreadConfig spread) {
    private static final int LIVES = 100;
    private static final int LEADERSHIP_LIVES = 10;
    private static final int SWEEP_PULLS = 5;

    /** @throws IllegalArgumentException naming the key that is wrong */
    public GossipConfig {
        positive("peer.gossip.requestStateInfoInterval", requestStateInfoInterval, "4s");
        positive("peer.gossip.publishStateInfoInterval", publishStateInfoInterval, "4s");
        positive("peer.gossip.membershipTrackerInterval", membershipTrackerInterval, "5s");
        positive("peer.gossip.election.leaderAliveThreshold", leaderAliveThreshold, "10s");
        if (maxBlockCountToStore < 1) {
            throw new IllegalArgumentException(
                    "peer.gossip.maxBlockCountToStore is " + maxBlockCountToStore + "; it must be at least 1, e.g. 10");
        }
    }

    /** Fabric's values. */
    public static GossipConfig defaults() {
        return new GossipConfig(
                PushConfig.defaults(),
                PullConfig.defaults(),
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                10,
                GossipLimits.defaults(),
                SpreadConfig.defaults());
    }

    public GossipConfig withPush(PushConfig changed) {
        return new GossipConfig(
                changed,
                pull,
                requestStateInfoInterval,
                publishStateInfoInterval,
                membershipTrackerInterval,
                leaderAliveThreshold,
                maxBlockCountToStore,
                limits,
                spread);
    }

    /**
     * How far behind the newest block one may be to be kept.
     *
     * @param spreading whether blocks are spread among Grapevine peers, where many may be on their way at once
     */
    int blocksBehind(boolean spreading) {
        return spreading ? Math.max(maxBlockCountToStore, spread.ahead()) : maxBlockCountToStore;
    }

    /**
     * How many blocks are kept for those who ask.
     *
     * @param spreading whether blocks are spread among Grapevine peers, who may ask for each
     */
    int blocksHeld(boolean spreading) {
        return Math.max(maxBlockCountToStore + 1, spreading ? spread.held() : 0);
    }

    /** How long a block is offered to others. */
    Duration blockLife() {
        return pull.interval().multipliedBy(LIVES);
    }

    /** How long the state info of a channel we have not joined is remembered. */
    Duration unjoinedStateInfoLife() {
        return publishStateInfoInterval.multipliedBy(LIVES);
    }

    Duration leadershipLife() {
        return leaderAliveThreshold.multipliedBy(LEADERSHIP_LIVES);
    }

    /** Between looks for state info of peers that discovery has forgotten. */
    Duration stateInfoSweepInterval() {
        return pull.interval().multipliedBy(SWEEP_PULLS);
    }

    private static void positive(String key, Duration value, String typical) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be more than 0, e.g. " + typical);
        }
    }
}
