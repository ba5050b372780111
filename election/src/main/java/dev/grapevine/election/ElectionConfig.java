package dev.grapevine.election;

import java.time.Duration;

/**
 * How the leader of an organisation in a channel is found. Keys are below {@code peer.gossip}.
 *
 * @param useLeaderElection {@code useLeaderElection}: peers elect their leader and replace it when it falls silent
 * @param orgLeader {@code orgLeader}: this peer always leads; excludes the former. With both off it never does
 * @param startupGracePeriod {@code election.startupGracePeriod}: longest wait for the view to settle before the first election
 * @param membershipSampleInterval {@code election.membershipSampleInterval}: two samples of the view this far apart that have
 *     the same size mean that it has settled
 * @param leaderAliveThreshold {@code election.leaderAliveThreshold}: silence after which a leader counts as gone. A leader
 *     declares itself twice in this time, and who yields stands back for six times as long. Shorter finds a lost leader
 *     sooner and mistakes a slow one for lost more often
 * @param leaderElectionDuration {@code election.leaderElectionDuration}: how long proposals are collected; must exceed the
 *     time a message takes through the organisation
 */
public record ElectionConfig(
        boolean useLeaderElection,
        boolean orgLeader,
        Duration startupGracePeriod,
        Duration membershipSampleInterval,
        Duration leaderAliveThreshold,
        Duration leaderElectionDuration) {
    private static final Duration SHORTEST_THRESHOLD = Duration.ofMillis(2);

    private static final int PROMPTER = 10;

    /** @throws IllegalArgumentException naming the keys and values that do not go together, and what would be right */
    public ElectionConfig {
        if (useLeaderElection && orgLeader) {
            throw new IllegalArgumentException("peer.gossip.useLeaderElection and peer.gossip.orgLeader are both true: "
                    + "set orgLeader to false to elect a leader, or useLeaderElection to false to make this peer one");
        }
        positive("startupGracePeriod", startupGracePeriod);
        positive("membershipSampleInterval", membershipSampleInterval);
        positive("leaderElectionDuration", leaderElectionDuration);
        if (leaderAliveThreshold.compareTo(SHORTEST_THRESHOLD) < 0) {
            throw wrong("leaderAliveThreshold", leaderAliveThreshold, "at least 2ms; 10s is the default");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw wrong(key, value, "more than zero");
        }
    }

    private static IllegalArgumentException wrong(String key, Duration value, String right) {
        return new IllegalArgumentException("peer.gossip.election." + key + " is " + value + ": it must be " + right);
    }

    /** What Fabric does where a file says nothing: neither elect nor lead, and 15 s, 1 s, 10 s and 5 s. */
    public static ElectionConfig defaults() {
        return new ElectionConfig(
                false,
                false,
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    /** The same, electing a leader. */
    public ElectionConfig electing() {
        return withRole(true, false);
    }

    /** The same, leading always. */
    public ElectionConfig leading() {
        return withRole(false, true);
    }

    private ElectionConfig withRole(boolean election, boolean leader) {
        return new ElectionConfig(
                election,
                leader,
                startupGracePeriod,
                membershipSampleInterval,
                leaderAliveThreshold,
                leaderElectionDuration);
    }

    /**
     * How long proposals are collected when everybody has just learned that the leader is dead. The membership is known then,
     * so it only has to exceed the time between the first and the last to learn it, and a message's way.
     */
    Duration promptElectionDuration() {
        return leaderElectionDuration.dividedBy(PROMPTER);
    }

    /** Between two declarations of a leader. */
    Duration declarationPeriod() {
        return leaderAliveThreshold.dividedBy(2);
    }

    /** How long who yielded stays out of elections unless another leader appears before. */
    Duration yieldPeriod() {
        return leaderAliveThreshold.multipliedBy(6);
    }
}
