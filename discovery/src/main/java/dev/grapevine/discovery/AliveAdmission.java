package dev.grapevine.discovery;

/** The gate of the table: which messages are worth a signature check, and what becomes of those that passed it. */
final class AliveAdmission {
    private final OwnAlive own;
    private final MembershipTable table;
    private final FailureWatch failures;

    AliveAdmission(OwnAlive own, MembershipTable table, FailureWatch failures) {
        this.own = own;
        this.table = table;
        this.failures = failures;
    }

    private boolean isOurs(Alive alive) {
        return alive.pkiId().equals(own.pkiId());
    }

    /** Whether a message would change anything if it were genuine. */
    boolean isWorthChecking(Alive alive) {
        return isOurs(alive) ? own.isOutdatedBy(alive) : table.isNews(alive);
    }

    /** As the other, for one from a list of the dead. Of ourselves it counts the same: it bears our own signature. */
    boolean isWorthCheckingAsDead(Alive alive) {
        return isOurs(alive) ? own.isOutdatedBy(alive) : table.isNewsOfDead(alive);
    }

    /**
     * Takes a genuine message, if it is still news: others may have come while it was checked.
     *
     * @return whether a peer is alive by it
     */
    boolean admit(Alive alive) {
        if (!isWorthChecking(alive)) {
            return false;
        }
        if (isOurs(alive)) {
            own.outlive(alive);
            return false;
        }
        // Before the table, whose listeners may purge the peer at once.
        failures.heard(alive);
        table.learnAlive(alive);
        own.hasCompany();
        return true;
    }

    /** Takes a genuine message of a peer that is said to be dead. */
    void admitDead(Alive alive) {
        if (!isWorthCheckingAsDead(alive)) {
            return;
        }
        if (isOurs(alive)) {
            own.outlive(alive);
        } else {
            table.learnDead(alive, "");
        }
    }
}
