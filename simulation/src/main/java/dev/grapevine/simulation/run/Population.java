package dev.grapevine.simulation.run;

import dev.grapevine.proto.MspId;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import dev.grapevine.simulation.Traits;
import dev.grapevine.simulation.scenario.PeerMix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes the peers of a scenario; which of them are what, the seed decides. */
final class Population {
    private static final Duration NO_TIME = Duration.ZERO;

    private final PeerMix mix;
    private final int size;
    private final Random random;
    private final Set<Integer> fabric;
    private final Set<Integer> slow;

    /** @param allFabric makes every peer a plain Fabric peer */
    Population(PeerMix mix, int size, long seed, boolean allFabric) {
        this.mix = mix;
        this.size = size;
        this.random = new Random(seed);
        this.fabric = choose(allFabric ? 1 : mix.fabric());
        this.slow = choose(mix.slow());
    }

    static List<MspId> organisations(PeerMix mix) {
        return IntStream.rangeClosed(1, mix.organisations())
                .mapToObj(number -> new MspId("Org" + number + "MSP"))
                .toList();
    }

    private Set<Integer> choose(double share) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(all, random);
        return new HashSet<>(all.subList(0, (int) Math.round(share * size)));
    }

    /** Adds them to a network; they are not started. */
    List<SimulatedPeer> settle(SimulatedNetwork network) {
        List<MspId> organisations = organisations(mix);
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            boolean isFabric = fabric.contains(index);
            SimulatedPeer peer = network.addPeer(
                    organisations.get(index % organisations.size()),
                    index / organisations.size(),
                    settings -> settings.withExtensions(!isFabric));
            peer.runOn(traits(slow.contains(index)));
            peers.add(peer);
        }
        return peers;
    }

    private Traits traits(boolean isSlow) {
        double skew = 2 * random.nextDouble() - 1;
        double drift = 2 * random.nextDouble() - 1;
        return new Traits(
                Duration.ofNanos((long) (skew * mix.clockSkew().toNanos())),
                drift * mix.clockDrift(),
                isSlow ? mix.slowTask() : NO_TIME,
                mix.verification(),
                mix.workers());
    }
}
