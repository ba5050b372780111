package dev.grapevine.simulation.run;

import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.simulation.ModelledNetwork;
import dev.grapevine.simulation.NetworkObserver;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One run of a scenario: the peers join, blocks are ordered while faults happen, then quiet, then the checks. */
public final class Simulation {
    private static final Duration JOIN_LIMIT = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Scenario scenario;
    private final long seed;
    private final boolean baseline;
    private final List<MspId> organisations;
    private final ModelledNetwork modelled;
    private final SimulatedNetwork network;
    private final List<SimulatedPeer> peers;
    private final Disturbed disturbed;
    private final Delivery delivery;
    private final Detection detection;
    private final Blame blame;
    private final Bounds bounds;
    private final FaultInjector faults;
    private volatile String progress = "nothing has happened yet";

    /**
     * @param seed decides everything that is left to chance
     * @param baseline makes every peer a plain Fabric peer
     */
    public Simulation(Scenario scenario, int size, long seed, boolean baseline) {
        this.scenario = scenario;
        this.seed = seed;
        this.baseline = baseline;
        this.organisations = Population.organisations(scenario.peers());
        this.modelled = new ModelledNetwork(seed, scenario.network(), organisations);
        this.network = modelled.network();
        this.peers = new Population(scenario.peers(), size, seed, baseline).settle(network);
        this.disturbed = new Disturbed(network);
        this.delivery = new Delivery(network, disturbed);
        this.detection = new Detection(network, disturbed);
        this.blame = new Blame(network);
        this.bounds = new Bounds(network);
        this.faults = new FaultInjector(scenario, network, disturbed, seed);
        network.watch(new Observer());
    }

    private final class Observer implements NetworkObserver {
        @Override
        public void committed(SimulatedPeer peer, VerifiedBlock block) {
            delivery.committed(peer, block);
        }

        @Override
        public void buried(SimulatedPeer by, PkiId whom) {
            detection.buried(by, whom);
        }

        @Override
        public void refused(SimulatedPeer by, Object whom, Rejection why) {
            blame.refused(by, whom, why);
        }
    }

    /** What is going on, for people; may be asked from any thread. */
    public String progress() {
        return progress;
    }

    /**
     * Runs it from the beginning to the end; once.
     *
     * @throws AssertionError as soon as a peer's chain forks, has a gap or repeats itself; the message says when
     */
    public Outcome run() {
        Duration joined = join();
        Load before = Load.now(network);
        run(() -> "idle", IDLE, () -> false);
        Load idle = Load.now(network);
        order();
        Load loaded = Load.now(network);
        run(() -> "quiet", scenario.quiet(), () -> false);
        return outcome(joined, before, idle, loaded);
    }

    private Duration join() {
        Duration pause = scenario.peers().joining().dividedBy(peers.size());
        Duration next = Duration.ZERO;
        for (SimulatedPeer peer : peers) {
            peer.start();
            network.run(pause);
            if (network.now().compareTo(next) >= 0) {
                look("starting");
                next = network.now().plus(GLANCE);
            }
        }
        Completeness complete = new Completeness(network, organisations);
        run(() -> "joining, " + complete.lacking(), JOIN_LIMIT, complete::reached);
        return network.now();
    }

    private void order() {
        detection.begin();
        faults.begin();
        long blocks = scenario.duration().dividedBy(scenario.blocks().every());
        for (long number = 0; number < blocks; number++) {
            delivery.ordered();
            modelled.order(1, scenario.blocks().bytes());
            String block = "block " + (number + 1) + " of " + blocks;
            run(() -> block, scenario.blocks().every(), () -> false);
        }
        run(
                () -> "last faults",
                scenario.duration().minus(scenario.blocks().every().multipliedBy(blocks)),
                () -> false);
    }

    private void run(Supplier<String> phase, Duration duration, BooleanSupplier done) {
        Duration end = network.now().plus(duration);
        while (network.now().compareTo(end) < 0 && !done.getAsBoolean()) {
            Duration left = end.minus(network.now());
            network.run(left.compareTo(STEP) < 0 ? left : STEP);
            look(phase.get());
        }
    }

    /** Looks at every peer, which is not to be done at every start of one. */
    private void look(String phase) {
        bounds.check();
        progress = String.format(
                "%s; %d s simulated, %d of %d peers running",
                phase, network.now().toSeconds(), network.running().size(), peers.size());
    }

    private List<String> violations() {
        List<String> found = new ArrayList<>(new FinalChecks(network).violations(organisations));
        found.addAll(bounds.violations());
        found.addAll(blame.violations());
        return found;
    }

    private Outcome outcome(Duration joined, Load before, Load idle, Load loaded) {
        Figures figures = new Figures(scenario, peers.size(), delivery);
        long[] sent = loaded.perPeer(idle);
        return new Outcome(
                scenario.name(),
                peers.size(),
                seed,
                baseline,
                network.now(),
                joined,
                delivery.blocks(),
                Percentiles.ofNanos(delivery.times()),
                Percentiles.ofNanos(delivery.lastTimes()),
                delivery.recoveries(),
                figures.amplification(loaded.blockBytes() - idle.blockBytes()),
                figures.amplification(loaded.totalBytes() - idle.totalBytes()),
                figures.rate(before, idle, IDLE),
                figures.rate(idle, loaded, scenario.duration()),
                Figures.fairness(sent),
                detection.times(),
                detection.falseAlarms(),
                detection.doubted(),
                blame.ofByzantine(),
                violations(),
                network.traceHash(),
                figures.plots(sent, faults.incidents()));
    }
}
