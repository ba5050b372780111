package dev.grapevine.simulation.fabric;

/** Peers that do not answer when they are dialled are presumed dead when the dial times out. Nobody tells others of it. */
final class DialFailures {
    private final Timeline time;
    private final Roster roster;
    private final Membership membership;
    private final BitMatrix dialled;

    DialFailures(Timeline time, Roster roster, Membership membership) {
        this.time = time;
        this.roster = roster;
        this.membership = membership;
        this.dialled = new BitMatrix(roster.size());
    }

    /** Somebody that does not run was to be sent something. */
    void refused(int by, int whom) {
        if (dialled.add(by, whom)) {
            time.after(FabricTimers.DIAL, () -> {
                dialled.remove(by, whom);
                if (!roster.isRunning(whom)) {
                    membership.bury(by, whom);
                }
            });
        }
    }
}
