package dev.grapevine.node;

import dev.grapevine.channel.GossipConfig;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.election.ElectionConfig;
import dev.grapevine.node.peer.PeerSettings;
import java.time.Duration;
import java.util.List;

/** Settings with which a network on one machine finds together within a second or two. */
final class QuickSettings {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration ALIVE_EXPIRATION = Duration.ofSeconds(3);
    private static final Duration LEADER_THRESHOLD = Duration.ofSeconds(2);

    private QuickSettings() {}

    static PeerSettings of(PeerSettings usual, String... bootstrap) {
        DiscoveryConfig discovery = usual.discovery();
        GossipConfig gossip = usual.gossip();
        return usual.withDiscovery(new DiscoveryConfig(
                        discovery.endpoint(),
                        discovery.endpoint(),
                        List.of(bootstrap),
                        TICK,
                        ALIVE_EXPIRATION,
                        TICK.multipliedBy(2),
                        discovery.maxConnectionAttempts(),
                        discovery.msgExpirationFactor(),
                        discovery.publishCertPeriod(),
                        TICK,
                        discovery.pullPeerNum(),
                        discovery.extensions(),
                        discovery.detection()))
                .withGossip(new GossipConfig(
                        gossip.push(),
                        gossip.pull(),
                        TICK,
                        TICK,
                        gossip.membershipTrackerInterval(),
                        LEADER_THRESHOLD,
                        gossip.maxBlockCountToStore(),
                        gossip.limits(),
                        gossip.spread()))
                .withElection(new ElectionConfig(true, false, LEADER_THRESHOLD, TICK, LEADER_THRESHOLD, TICK));
    }
}
