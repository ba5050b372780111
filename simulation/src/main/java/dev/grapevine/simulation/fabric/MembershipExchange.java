package dev.grapevine.simulation.fabric;

/**
 * Who asks whom for everybody it knows: the anchor peers at the start, three random peers every four seconds, and the dead every
 * 25 seconds whether they live again. An answer tells what the responder knows when it arrives.
 */
final class MembershipExchange {
    private final Surroundings around;
    private final Membership membership;
    private final Identities identities;
    private final Disclosure disclosure;
    private final int size;

    MembershipExchange(Surroundings around, Disclosure disclosure) {
        this.around = around;
        this.membership = around.membership();
        this.identities = around.identities();
        this.disclosure = disclosure;
        this.size = around.roster().size();
    }

    void start(int peer) {
        Timeline time = around.time();
        for (int anchor = 0; anchor < around.roster().organisations() && anchor < size; anchor++) {
            if (anchor != peer) {
                connect(peer, anchor);
            }
        }
        time.every(FabricTimers.PULL, peer, () -> ask(peer));
        time.every(FabricTimers.EXPIRATION_CHECK, peer, () -> membership.expire(peer, time.millis()));
        time.every(FabricTimers.RECONNECT, peer, () -> reconnect(peer));
    }

    /** The first peer of each organisation is its anchor, and is asked until it is known. */
    private void connect(int peer, int anchor) {
        if (!membership.knows(peer, anchor)) {
            if (reachable(peer, anchor)) {
                request(peer, anchor);
            }
            long pause = FabricTimers.CONNECT_RESPONSE + FabricTimers.RECONNECT;
            around.time().after(pause, peer, () -> connect(peer, anchor));
        }
    }

    private void ask(int peer) {
        int count = around.choice().choose(membership.alive(), peer, FabricLimits.ASKED, Choice::anybody);
        int[] asked = around.choice().chosen();
        for (int index = 0; index < count; index++) {
            request(peer, asked[index]);
        }
    }

    private void reconnect(int peer) {
        for (int other = 0; other < size; other++) {
            if (membership.isDead(peer, other) && reachable(peer, other)) {
                request(peer, other);
            }
        }
    }

    /** Whether dialling would do. */
    private boolean reachable(int from, int to) {
        Separations separations = around.wires().separations();
        return around.roster().isRunning(to) && separations.isOpen(from, to) && separations.isOpen(to, from);
    }

    private void request(int peer, int asked) {
        int made = around.time().millis();
        around.wires().send(peer, asked, FrameSizes.MEMBERSHIP_REQUEST, () -> {
            identities.meet(peer, asked);
            membership.learn(asked, peer, made, around.time().millis());
            answer(asked, peer);
        });
    }

    private void answer(int peer, int requester) {
        int made = around.time().millis();
        around.wires().send(peer, requester, FrameSizes.membershipResponse(1 + told(peer, requester)), () -> {
            identities.meet(peer, requester);
            membership.learn(requester, peer, made, around.time().millis());
            takeIn(requester, peer);
        });
    }

    private int told(int peer, int requester) {
        if (disclosure.isUnrestricted()) {
            return membership.known(peer);
        }
        int told = 0;
        for (int subject = 0; subject < size; subject++) {
            told += membership.knows(peer, subject) && disclosure.mayTell(peer, requester, subject) ? 1 : 0;
        }
        return told;
    }

    private void takeIn(int peer, int teller) {
        int now = around.time().millis();
        for (int subject = 0; subject < size; subject++) {
            int made = membership.made(teller, subject);
            if (made > membership.made(peer, subject)
                    && subject != peer
                    && disclosure.mayTell(teller, peer, subject)
                    && identities.checks(peer, subject, made)) {
                if (membership.isDead(teller, subject)) {
                    membership.learnDead(peer, subject, made);
                } else {
                    membership.learn(peer, subject, made, now);
                }
            }
        }
    }
}
