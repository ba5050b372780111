package dev.grapevine.election;

import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;

/**
 * This peer's part in the leadership of its organisation in one channel. On the loop only.
 *
 * <p>Either it takes part in elections, or its role is given by configuration; whoever runs the deliver client need not know
 * which.
 */
public interface Election {
    /** Begins; a leader by configuration leads when this returns. To be called once. */
    void start();

    /** Ends: no message is sent and the listener hears nothing any more. Calling it again does nothing. */
    void stop();

    /** Whether this peer leads now. */
    boolean isLeader();

    /**
     * Who leads our organisation in this channel as far as we know: ourselves, or the living peer whose declaration was the
     * last within the leader-alive threshold. Empty during an election, after yielding, and for a follower by configuration,
     * which listens to nobody.
     */
    Optional<PkiId> leader();

    /**
     * Steps down because the ordering service is out of reach, and lets others try for six times the leader-alive threshold.
     * Does nothing unless this peer is an elected leader.
     */
    void yieldLeadership();

    /** A peer is no longer alive; if it led, and all electors notice failures, another is elected at once. */
    void lost(PkiId peer);

    /** Takes a leadership message of this channel whose signature was verified. */
    void receive(LeadershipMessage message);

    /**
     * The election, or the given role, that the configuration asks for.
     *
     * @param self our own PKI-ID
     * @param incarnation of our messages, in nanoseconds since the epoch; must be beyond that of any earlier election of ours
     *     here, also if the clock was set back, or nobody hears us
     */
    static Election of(
            ElectionConfig config,
            ChannelId channel,
            PkiId self,
            long incarnation,
            ElectionView view,
            LeadershipListener listener,
            Scheduler scheduler,
            Meters meters) {
        LeadershipReport report = new LeadershipReport(channel, listener, meters);
        if (!config.useLeaderElection()) {
            return new GivenRole(config.orgLeader(), self, report);
        }
        LeadershipMessages messages = new LeadershipMessages(channel, self, incarnation);
        return new DynamicElection(config, self, view, messages, report, scheduler);
    }
}
