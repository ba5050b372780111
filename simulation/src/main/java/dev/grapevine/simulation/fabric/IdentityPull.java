package dev.grapevine.simulation.fabric;

/**
 * Every four seconds each peer asks three others for the identities they hold, and then for those it lacks. Each lacking one is
 * asked of the first that offers it.
 */
final class IdentityPull {
    private final Surroundings around;
    private final Identities identities;

    IdentityPull(Surroundings around) {
        this.around = around;
        this.identities = around.identities();
    }

    void start(int peer) {
        around.time().every(FabricTimers.PULL, peer, () -> ask(peer));
    }

    private void ask(int peer) {
        int count = around.choice().choose(around.membership().alive(), peer, FabricLimits.ASKED, Choice::anybody);
        int[] asked = around.choice().chosen();
        for (int index = 0; index < count; index++) {
            hello(peer, asked[index]);
        }
    }

    private void hello(int peer, int asked) {
        Wires wires = around.wires();
        wires.send(peer, asked, FrameSizes.IDENTITY_HELLO, () -> {
            int digest = FrameSizes.identityDigest(identities.count(asked));
            wires.send(
                    asked,
                    peer,
                    digest,
                    () -> around.time().after(FabricTimers.DIGEST_WAIT, peer, () -> request(peer, asked)));
        });
    }

    private void request(int peer, int asked) {
        int lacking = lacking(peer, asked);
        if (lacking == 0) {
            return;
        }
        Wires wires = around.wires();
        wires.send(
                peer,
                asked,
                FrameSizes.identityDigest(lacking),
                () -> wires.send(asked, peer, FrameSizes.identityUpdate(lacking), () -> takeIn(peer, asked)));
    }

    private int lacking(int peer, int asked) {
        int lacking = 0;
        for (int of = 0; of < around.roster().size(); of++) {
            lacking += identities.has(asked, of) && !identities.has(peer, of) ? 1 : 0;
        }
        return lacking;
    }

    private void takeIn(int peer, int from) {
        for (int of = 0; of < around.roster().size(); of++) {
            if (identities.has(from, of)) {
                identities.add(peer, of);
            }
        }
    }
}
