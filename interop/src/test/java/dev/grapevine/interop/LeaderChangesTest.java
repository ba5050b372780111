package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.Leadership;
import dev.grapevine.interop.lab.SteadyLoad;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Org1 changes its leader ten times while blocks keep coming. */
@FabricScenario
class LeaderChangesTest {
    private static final int CHANGES = 10;

    @Test
    void nobodyMissesOrRepeatsABlockThroughTenChanges() {
        try (FabricNetwork network = FabricNetwork.start("leader-changes");
                SteadyLoad load = SteadyLoad.on(network, Duration.ofMillis(200))) {
            network.joinGrapevine();
            Duration longest = Duration.ZERO;
            Set<String> leaders = new TreeSet<>();
            for (int change = 0; change < CHANGES; change++) {
                LabPeer leader = Leadership.awaitOne(network.org1());
                leaders.add(leader.name());
                longest = longer(longest, replace(network, leader, change % 2 == 0));
            }
            load.stop();
            assertThat(leaders)
                    .as("peers of both kinds have led")
                    .contains(network.grapevine().name());
            long height = network.peer0OfOrg2().height();
            Figures.note("ten leader changes: blocks", Long.toString(height));
            Figures.note("ten leader changes: by", leaders.toString());
            Figures.note("ten leader changes: longest without a leader", longest);
            Figures.note(
                    "ten leader changes: all equal after the last",
                    FabricNetwork.awaitHeight(Duration.ofSeconds(15), height, network.org1()));
            for (LabPeer peer : network.org1()) {
                ChainComparison.assertSameChain(network.peer0OfOrg2(), peer, height);
            }
        }
    }

    /** Ends the leader, waits for another and brings the first one back. */
    private static Duration replace(FabricNetwork network, LabPeer leader, boolean kill) {
        List<LabPeer> others =
                network.org1().stream().filter(peer -> peer != leader).toList();
        if (kill) {
            leader.kill();
        } else {
            leader.stop();
        }
        long start = System.nanoTime();
        Leadership.awaitOne(others);
        Duration without = Duration.ofNanos(System.nanoTime() - start);
        leader.start();
        FabricNetwork.awaitHeight(Duration.ofSeconds(30), network.peer0OfOrg2().height(), network.org1());
        return without;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
