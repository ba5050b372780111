package dev.grapevine.simulation.run;

import dev.grapevine.simulation.scenario.Fault;
import dev.grapevine.simulation.scenario.PeerMix;
import dev.grapevine.simulation.scenario.Scenario;
import dev.grapevine.simulation.scenario.ScenarioException;

/** What the model of a Fabric network can do of a scenario; the rest is refused by the name of its key. */
final class FabricModelScope {
    private static final int MOST_PEERS = 10_000;

    private FabricModelScope() {}

    /** @throws ScenarioException naming the first key that is beyond it, and what to use instead */
    static void check(Scenario scenario, int size) throws ScenarioException {
        require(size <= MOST_PEERS, "--peers", size, "at most " + MOST_PEERS);
        PeerMix peers = scenario.peers();
        nothing("peers.byzantine", peers.byzantine());
        nothing("peers.slow", peers.slow());
        nothing("peers.external", peers.external());
        nothing("peers.clock-drift", peers.clockDrift());
        nothing("network.duplication", scenario.network().duplication());
        nothing("network.reordering", scenario.network().reordering());
        nothing("chance", scenario.chance());
        int number = 0;
        for (Fault fault : scenario.faults()) {
            check("faults[" + number++ + "]", fault);
        }
    }

    private static void check(String key, Fault fault) throws ScenarioException {
        switch (fault.kind()) {
            case CLOG, SLOW, BREAK_STREAMS -> throw refuse(key, fault, "one of crash, partition, cut-off, loss");
            case CRASH -> require(fault.disk() == Fault.Disk.KEPT, key + ".disk", "lost", "kept");
            case PARTITION, CUT_OFF, LOSS -> {}
        }
    }

    private static void nothing(String key, double value) throws ScenarioException {
        require(value == 0, key, value, "0");
    }

    private static void require(boolean holds, String key, Object value, String right) throws ScenarioException {
        if (!holds) {
            throw refuse(key, value, right);
        }
    }

    private static ScenarioException refuse(String key, Object value, String right) {
        return new ScenarioException(key + " is '" + value + "'; with --baseline fabric-model it must be " + right
                + " (--baseline fabric can do it, with fewer peers)");
    }
}
