package dev.grapevine.simulation.fabric;

import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;
import dev.grapevine.simulation.scenario.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A network of the model whose peers have started and found each other, and what was seen of it. */
final class TestNetwork implements FabricObserver {
    /** @param at since the simulation began */
    record Commit(int peer, int block, Duration at) {}

    /** @param at since the simulation began */
    record Burial(int by, int whom, Duration at) {}

    final List<Commit> commits = new ArrayList<>();
    final List<Burial> burials = new ArrayList<>();
    final FabricNetwork network;

    TestNetwork(int size, long seed, String yaml) {
        this.network = new FabricNetwork(scenario(yaml), size, seed, this);
    }

    /** A network whose peers know each other. */
    static TestNetwork joined(int size, long seed, String yaml) {
        TestNetwork made = new TestNetwork(size, seed, yaml);
        for (int peer = 0; peer < size; peer++) {
            made.network.start(peer);
            made.network.run(Duration.ofSeconds(5).dividedBy(size));
        }
        made.network.run(Duration.ofSeconds(60));
        return made;
    }

    static Scenario scenario(String yaml) {
        try {
            return Scenarios.parse("test", yaml);
        } catch (ScenarioException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void committed(int peer, int block) {
        commits.add(new Commit(peer, block, network.now()));
    }

    @Override
    public void buried(int by, int whom) {
        burials.add(new Burial(by, whom, network.now()));
    }

    /** The one peer that leads. */
    int leader() {
        for (int peer = 0; peer < network.size(); peer++) {
            if (network.isLeader(peer)) {
                return peer;
            }
        }
        throw new AssertionError("nobody leads");
    }

    long leaders() {
        long leaders = 0;
        for (int peer = 0; peer < network.size(); peer++) {
            leaders += network.isLeader(peer) ? 1 : 0;
        }
        return leaders;
    }
}
