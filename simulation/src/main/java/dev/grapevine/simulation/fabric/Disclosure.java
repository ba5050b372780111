package dev.grapevine.simulation.fabric;

import java.util.function.IntPredicate;

/**
 * Who may be told of whom. Every peer has an external endpoint; so a peer tells everybody of its own organisation's peers, and of
 * another organisation's only that one and its own.
 */
final class Disclosure {
    private final Roster roster;

    Disclosure(Roster roster) {
        this.roster = roster;
    }

    /** To whom a peer may forward what another one has said of itself. */
    IntPredicate audience(int forwarder, int subject) {
        int own = roster.organisation(forwarder);
        int its = roster.organisation(subject);
        return own == its || roster.organisations() <= 2
                ? Choice::anybody
                : peer -> roster.organisation(peer) == own || roster.organisation(peer) == its;
    }

    boolean mayTell(int teller, int listener, int subject) {
        return audience(teller, subject).test(listener);
    }

    /** Whether a peer may tell everything it knows. */
    boolean isUnrestricted() {
        return roster.organisations() <= 2;
    }
}
