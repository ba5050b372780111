package dev.grapevine.election;

/** Told when this peer starts and ceases to lead its organisation in a channel. On the loop. */
@FunctionalInterface
public interface LeadershipListener {
    /**
     * Called once for each change. Stopping an election is no change: who stops it knows.
     *
     * @param leader true: pull blocks from the ordering service now; false: leave that to another peer
     */
    void leadershipChanged(boolean leader);
}
