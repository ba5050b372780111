package dev.grapevine.election;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world whether we lead: listener, log and the gauge {@code gossip_leader_election_leader}. */
final class LeadershipReport {
    private final Logger log = LoggerFactory.getLogger(Election.class);
    private final ChannelId channel;
    private final LeadershipListener listener;
    private final Meters.Gauge gauge;
    private boolean leader;

    LeadershipReport(ChannelId channel, LeadershipListener listener, Meters meters) {
        this.channel = channel;
        this.listener = listener;
        this.gauge = meters.gauge("gossip_leader_election_leader", "channel", channel.name());
        gauge.set(0);
    }

    /** Says so if it is news. */
    void leads(boolean now) {
        if (now == leader) {
            return;
        }
        leader = now;
        gauge.set(now ? 1 : 0);
        log.info("{} channel {}", now ? "leading our organisation in" : "no longer leading in", channel);
        listener.leadershipChanged(now);
    }

    /** Nobody is told of the end but the gauge. */
    void ended() {
        gauge.set(0);
    }
}
