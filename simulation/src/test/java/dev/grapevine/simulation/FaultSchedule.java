package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static dev.grapevine.simulation.Scenario.ORG2;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Faults as a seed decides them, over some minutes of virtual time; blocks are ordered all the while. */
final class FaultSchedule {
    private static final int STEPS = 40;

    private final SplittableRandom random;
    private final Scenario scenario;
    private final SimulatedNetwork network;

    FaultSchedule(long seed) {
        random = new SplittableRandom(seed);
        scenario = random.nextBoolean()
                ? Scenario.starting(seed, 4 + random.nextInt(9), ORG1)
                : Scenario.starting(seed, 3 + random.nextInt(4), ORG1, ORG2);
        network = scenario.network();
    }

    /** The phase in which only safety is asked for: the checker watches every commit. */
    void runFaults() {
        for (int step = 0; step < STEPS; step++) {
            orderSomething();
            somethingHappens();
            network.run(Duration.ofMillis(random.nextInt(1, 12_000)));
        }
    }

    private void orderSomething() {
        if (random.nextInt(6) == 0) {
            scenario.orderConfiguration();
        }
        scenario.order(random.nextInt(8));
    }

    private void somethingHappens() {
        switch (random.nextInt(8)) {
            case 0, 1 -> crashOne();
            case 2, 3 -> restartOne();
            case 4 -> network.partition(some());
            case 5 -> network.heal();
            case 6 -> network.cutOffFromOrdering(some());
            default -> disturb();
        }
    }

    private void crashOne() {
        List<SimulatedPeer> running = network.running();
        if (running.size() > 1) {
            network.crash(running.get(random.nextInt(running.size())));
        }
    }

    private void restartOne() {
        List<SimulatedPeer> down = down();
        if (!down.isEmpty()) {
            Duration clockOffset = Duration.ofSeconds(random.nextInt(-600, 600));
            network.restart(down.get(random.nextInt(down.size())), clockOffset);
        }
    }

    private List<SimulatedPeer> down() {
        return network.peers().stream().filter(peer -> !peer.isRunning()).toList();
    }

    private List<SimulatedPeer> some() {
        return network.peers().stream().filter(peer -> random.nextBoolean()).toList();
    }

    private void disturb() {
        network.lose(random.nextDouble(0.3));
        if (random.nextBoolean()) {
            network.breakStreams();
        }
    }

    /** The phase without faults: everything must come right. */
    void converges() {
        network.heal();
        network.lose(0);
        network.cutOffFromOrdering(List.of());
        down().forEach(network::restart);
        scenario.order(5);
        scenario.settles();
        scenario.allBlocksArriveWithin(Duration.ofSeconds(60));
    }

    String traceHash() {
        return network.traceHash();
    }
}
