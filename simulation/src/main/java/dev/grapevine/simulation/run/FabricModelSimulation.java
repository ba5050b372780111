package dev.grapevine.simulation.run;

import dev.grapevine.simulation.fabric.FabricNetwork;
import dev.grapevine.simulation.fabric.FabricObserver;
import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;
import java.time.Duration;

/** One run of a scenario with a model of plain Fabric peers. */
public final class FabricModelSimulation implements Run {
    private final Scenario scenario;
    private final long seed;
    private final FabricNetwork network;
    private final Delivery<Integer> delivery;
    private final Detection<Integer> detection;
    private final FaultInjector<Integer> faults;
    private final FabricModelChecks checks;
    private final Course course;

    /**
     * @param seed decides everything that is left to chance
     * @throws ScenarioException if the model cannot do what the scenario asks for
     */
    public FabricModelSimulation(Scenario scenario, int size, long seed) throws ScenarioException {
        FabricModelScope.check(scenario, size);
        this.scenario = scenario;
        this.seed = seed;
        this.network = new FabricNetwork(scenario, size, seed, new Observer());
        Disturbed<Integer> disturbed = new Disturbed<>(network::now);
        this.delivery = new Delivery<>(network::now, disturbed);
        this.detection = new Detection<>(network::now, disturbed);
        this.checks = new FabricModelChecks(network);
        this.faults = new FaultInjector<>(scenario, new FabricModelFaults(scenario, network, disturbed), seed);
        this.course = new Course(scenario, new Subject());
    }

    private final class Observer implements FabricObserver {
        @Override
        public void committed(int peer, int block) {
            checks.committed(peer, block);
            delivery.committed(peer, block);
        }

        @Override
        public void buried(int by, int whom) {
            detection.buried(by, whom);
        }
    }

    private final class Subject implements Course.Subject {
        @Override
        public int size() {
            return network.size();
        }

        @Override
        public int running() {
            return network.running();
        }

        @Override
        public Duration now() {
            return network.now();
        }

        @Override
        public void start(int peer) {
            network.start(peer);
        }

        @Override
        public void pass(Duration time) {
            network.run(time);
        }

        @Override
        public boolean isComplete() {
            return checks.isComplete();
        }

        @Override
        public String lacking() {
            return checks.lacking();
        }

        @Override
        public void begin() {
            detection.begin();
            faults.begin();
        }

        @Override
        public void order() {
            delivery.ordered(network.ordered());
            network.order();
        }

        @Override
        public void look() {
            checks.look();
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
        return new Figures(scenario, network.size(), delivery)
                .outcome(
                        seed,
                        Baseline.FABRIC_MODEL,
                        network.now(),
                        marks,
                        detection,
                        0,
                        checks.violations(),
                        network.traceHash(),
                        faults.incidents());
    }
}
