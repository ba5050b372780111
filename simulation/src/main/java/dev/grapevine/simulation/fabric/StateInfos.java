package dev.grapevine.simulation.fabric;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * How heights get round: each peer publishes its own every four seconds if it has changed, which everybody forwards, and asks three
 * peers for all they have heard.
 */
final class StateInfos {
    private final Surroundings around;
    private final Heights heights;
    private final IntUnaryOperator ledgerHeight;
    private final Epidemic epidemic;

    /** @param ledgerHeight how many blocks a peer has */
    StateInfos(Surroundings around, Heights heights, IntUnaryOperator ledgerHeight, long verification) {
        this.around = around;
        this.heights = heights;
        this.ledgerHeight = ledgerHeight;
        this.epidemic = new Epidemic(around, around.membership().alive(), verification);
    }

    void start(int peer) {
        around.time().every(FabricTimers.PUBLISH_STATE_INFO, peer, () -> publish(peer));
        around.time().every(FabricTimers.REQUEST_STATE_INFO, peer, () -> ask(peer));
    }

    private void publish(int peer) {
        int height = ledgerHeight.applyAsInt(peer);
        if (around.membership().alive().count(peer) == 0 || !heights.hear(peer, peer, height)) {
            return;
        }
        epidemic.spread(peer, FrameSizes.STATE_INFO, new Epidemic.Rumour() {
            @Override
            public boolean reached(int by, int millis) {
                return around.identities().has(by, peer) && heights.hear(by, peer, height);
            }

            @Override
            public IntPredicate audience(int forwarder) {
                return Choice::anybody;
            }
        });
    }

    private void ask(int peer) {
        int count = around.choice().choose(around.membership().alive(), peer, FabricLimits.ASKED, Choice::anybody);
        int[] asked = around.choice().chosen();
        for (int index = 0; index < count; index++) {
            int responder = asked[index];
            around.wires().send(peer, responder, FrameSizes.STATE_INFO_PULL_REQUEST, () -> answer(responder, peer));
        }
    }

    private void answer(int peer, int requester) {
        int bytes = FrameSizes.snapshot(heights.count(peer));
        around.wires().send(peer, requester, bytes, () -> takeIn(requester, peer));
    }

    /** Nothing is taken in about peers that are unknown. */
    private void takeIn(int peer, int teller) {
        for (int subject = 0; subject < around.roster().size(); subject++) {
            int height = heights.of(teller, subject);
            if (height > heights.of(peer, subject)
                    && around.identities().has(peer, subject)
                    && around.membership().knows(peer, subject)) {
                heights.hear(peer, subject, height);
            }
        }
    }
}
