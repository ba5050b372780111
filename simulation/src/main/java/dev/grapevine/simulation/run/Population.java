package dev.grapevine.simulation.run;

import dev.grapevine.election.ElectionConfig;
import dev.grapevine.node.peer.PeerSettings;
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
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes the peers of a scenario; which of them are what, the seed decides. */
final class Population {
    private static final Duration NO_TIME = Duration.ZERO;

    private final PeerMix mix;
    private final int size;
    private final Random random;
    private final Set<Integer> fabric;
    private final Set<Integer> slow;
    private final List<Integer> byzantine;

    /** @param allFabric makes every peer a plain Fabric peer */
    Population(PeerMix mix, int size, long seed, boolean allFabric) {
        this.mix = mix;
        this.size = size;
        this.random = new Random(seed);
        this.fabric = new HashSet<>(choose(allFabric ? 1 : mix.fabric()));
        this.slow = new HashSet<>(choose(mix.slow()));
        this.byzantine = choose(mix.byzantine());
    }

    static List<MspId> organisations(PeerMix mix) {
        return IntStream.rangeClosed(1, mix.organisations())
                .mapToObj(number -> new MspId("Org" + number + "MSP"))
                .toList();
    }

    private List<Integer> choose(double share) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, (int) Math.round(share * size));
    }

    /** Adds them to a network; they are not started. */
    List<SimulatedPeer> settle(SimulatedNetwork network) {
        List<MspId> organisations = organisations(mix);
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            SimulatedPeer peer = network.addPeer(
                    organisations.get(index % organisations.size()), index / organisations.size(), adjust(index));
            peer.runOn(traits(slow.contains(index)));
            if (isByzantine(index)) {
                peer.misbehave(mix.behaviours()
                        .get(byzantine.indexOf(index) % mix.behaviours().size()));
            }
            peers.add(peer);
        }
        return peers;
    }

    /** The first of an organisation is how all others get in, and so is never Byzantine. */
    private boolean isByzantine(int index) {
        return index >= mix.organisations() && byzantine.contains(index);
    }

    /** A Byzantine peer does not stand for leader: that a leader can withhold is for the ordering service to cure. */
    private UnaryOperator<PeerSettings> adjust(int index) {
        boolean elects = !isByzantine(index);
        boolean extended = !fabric.contains(index);
        return settings -> (elects ? settings : settings.withElection(ElectionConfig.defaults()))
                .withDiscovery(
                        isExternal(index)
                                ? settings.discovery()
                                : settings.discovery().withExternalEndpoint(""))
                .withExtensions(extended);
    }

    private boolean isExternal(int index) {
        return mix.external() == 0 || index / mix.organisations() < mix.external();
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
