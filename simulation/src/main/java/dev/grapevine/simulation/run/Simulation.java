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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of a scenario with peers of the production classes, and the checks after it. */
public final class Simulation implements Run {
    private final Scenario scenario;
    private final long seed;
    private final boolean baseline;
    private final List<MspId> organisations;
    private final ModelledNetwork modelled;
    private final SimulatedNetwork network;
    private final List<SimulatedPeer> peers;
    private final Delivery<SimulatedPeer> delivery;
    private final Detection<SimulatedPeer> detection;
    private final Blame blame;
    private final Bounds bounds;
    private final FaultInjector<SimulatedPeer> faults;
    private final Course course;

    /**
     * @param seed decides everything that is left to chance
     * @param baseline makes every peer a plain Fabric peer
     */
    public Simulation(Scenario scenario, int size, long seed, boolean baseline) {
        this(scenario, size, seed, baseline, ModelledNetwork.fittingLanes(scenario.network(), size));
    }

    /** @param lanes threads that run the peers; what happens does not depend on it */
    Simulation(Scenario scenario, int size, long seed, boolean baseline, int lanes) {
        this.scenario = scenario;
        this.seed = seed;
        this.baseline = baseline;
        this.organisations = Population.organisations(scenario.peers());
        this.modelled = new ModelledNetwork(seed, scenario.network(), organisations, lanes);
        this.network = modelled.network();
        this.peers = new Population(scenario.peers(), size, seed, baseline).settle(network);
        Disturbed<SimulatedPeer> disturbed = new Disturbed<>(network::now);
        this.delivery = new Delivery<>(network::now, disturbed);
        this.detection = new Detection<>(network::now, disturbed);
        this.blame = new Blame(network);
        this.bounds = new Bounds(network);
        this.faults = new FaultInjector<>(scenario, new NetworkFaults(scenario, network, disturbed), seed);
        this.course = new Course(scenario, new Subject());
        network.watch(new Observer());
    }

    private final class Observer implements NetworkObserver {
        private final Map<PkiId, SimulatedPeer> byId = new HashMap<>();

        Observer() {
            peers.forEach(peer -> byId.put(peer.pkiId(), peer));
        }

        @Override
        public void committed(SimulatedPeer peer, VerifiedBlock block) {
            if (!peer.isByzantine()) {
                delivery.committed(peer, block.number());
            }
        }

        @Override
        public void buried(SimulatedPeer by, PkiId whom) {
            SimulatedPeer buried = byId.get(whom);
            if (buried != null && !by.isByzantine() && !buried.isByzantine()) {
                detection.buried(by, buried);
            }
        }

        @Override
        public void refused(SimulatedPeer by, Object whom, Rejection why) {
            blame.refused(by, whom, why);
        }
    }

    private final class Subject implements Course.Subject {
        private final Completeness complete = new Completeness(network, organisations);

        @Override
        public int size() {
            return peers.size();
        }

        @Override
        public int running() {
            return network.running().size();
        }

        @Override
        public Duration now() {
            return network.now();
        }

        @Override
        public void start(int peer) {
            peers.get(peer).start();
        }

        @Override
        public void pass(Duration time) {
            network.run(time);
        }

        @Override
        public boolean isComplete() {
            return complete.reached();
        }

        @Override
        public String lacking() {
            return complete.lacking();
        }

        @Override
        public void begin() {
            detection.begin();
            faults.begin();
        }

        @Override
        public void order() {
            delivery.ordered(network.ordered());
            modelled.order(1, scenario.blocks().bytes());
        }

        @Override
        public void look() {
            bounds.check();
        }

        @Override
        public Load load() {
            return Load.now(network);
        }
    }

    @Override
    public String progress() {
        return course.progress();
    }

    @Override
    public Outcome run() {
        Course.Marks marks = course.run();
        List<String> violations = new ArrayList<>(new FinalChecks(network).violations(organisations));
        violations.addAll(bounds.violations());
        violations.addAll(blame.violations());
        return new Figures(scenario, peers.size(), delivery)
                .outcome(
                        seed,
                        baseline ? Baseline.FABRIC : Baseline.NONE,
                        network.now(),
                        marks,
                        detection,
                        blame.ofByzantine(),
                        violations,
                        network.traceHash(),
                        faults.incidents());
    }
}
