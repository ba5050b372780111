package dev.grapevine.simulation.fabric;

/** Whose identity each peer holds. Without it a peer cannot check, and so ignores, what another one has signed. */
final class Identities {
    private static final int PERIOD = Timeline.inMillis(FabricTimers.PUBLISH_IDENTITY);

    private final Roster roster;
    private final BitMatrix held;
    private long missing;

    Identities(Roster roster) {
        this.roster = roster;
        this.held = new BitMatrix(roster.size());
        this.missing = (long) roster.size() * roster.size();
    }

    /** Two peers have shaken hands. */
    void meet(int one, int other) {
        if (missing > 0) {
            add(one, other);
            add(other, one);
        }
    }

    void add(int peer, int of) {
        if (held.add(peer, of)) {
            missing--;
        }
    }

    boolean has(int peer, int of) {
        return missing == 0 || held.has(peer, of);
    }

    int count(int peer) {
        return held.count(peer);
    }

    /** Whether a peer can check an alive message; takes the identity from it if it carries one. */
    boolean checks(int peer, int of, int made) {
        if (has(peer, of)) {
            return true;
        }
        if (!isCarried(of, made)) {
            return false;
        }
        add(peer, of);
        return true;
    }

    /** Whether an alive message carries its sender's identity: those of its first seconds do. */
    boolean isCarried(int of, int made) {
        int age = made - roster.startedAt(of);
        return roster.isRunning(of) && age >= 0 && age < PERIOD;
    }

    /** A peer has lost its memory, but for itself. */
    void forget(int peer) {
        missing += held.count(peer);
        held.clear(peer);
        add(peer, peer);
    }
}
