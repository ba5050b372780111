package dev.grapevine.simulation.fabric;

import java.util.function.IntPredicate;

/** Alive messages: each peer makes one every five seconds, and everybody forwards it. */
final class Heartbeats {
    private final Surroundings around;
    private final Disclosure disclosure;
    private final Epidemic epidemic;

    Heartbeats(Surroundings around, Disclosure disclosure, long verification) {
        this.around = around;
        this.disclosure = disclosure;
        this.epidemic = new Epidemic(around, around.membership().alive(), verification);
    }

    void start(int peer) {
        around.time().every(FabricTimers.HEARTBEAT, peer, () -> beat(peer));
    }

    private void beat(int peer) {
        if (around.membership().alive().count(peer) == 0) {
            return;
        }
        int made = around.time().millis();
        int bytes = around.identities().isCarried(peer, made) ? FrameSizes.ALIVE_WITH_IDENTITY : FrameSizes.ALIVE;
        epidemic.spread(peer, bytes, new Epidemic.Rumour() {
            @Override
            public boolean reached(int by, int millis) {
                if (!around.identities().checks(by, peer, made)) {
                    return false;
                }
                around.membership().learn(by, peer, made, millis);
                return true;
            }

            @Override
            public IntPredicate audience(int forwarder) {
                return disclosure.audience(forwarder, peer);
            }
        });
    }
}
