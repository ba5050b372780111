package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.Divergence;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GoPeer;
import dev.grapevine.interop.lab.GrapevineNode;
import dev.grapevine.interop.lab.LabPeer;
import dev.grapevine.interop.lab.Leadership;
import dev.grapevine.interop.lab.SteadyLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The mixed network under load, with another leader every five minutes. It runs for {@code -Dinterop.longrun}, such as
 * {@code PT1H}; five minutes where that is not given.
 */
@FabricScenario
class LongRunTest {
    private static final Duration DURATION = Duration.parse(System.getProperty("interop.longrun", "PT5M"));
    private static final Duration BETWEEN_CHANGES =
            Duration.ofMinutes(5).compareTo(DURATION.dividedBy(2)) < 0 ? Duration.ofMinutes(5) : DURATION.dividedBy(2);
    private static final Duration SAMPLE = Duration.ofSeconds(1);
    /** Blocks that one peer may be ahead of another for longer than {@link Divergence#BOUND}. */
    private static final long BATCH = 1;
    /** What the heap's filling and emptying makes of resident memory, in MiB. */
    private static final double MEMORY_NOISE = 32;

    @Test
    void heightsStayTogetherAndMemoryFlat() {
        try (FabricNetwork network = FabricNetwork.start("long-run");
                SteadyLoad load = SteadyLoad.on(network, Duration.ofMillis(250))) {
            GrapevineNode node = network.joinGrapevine();
            List<LabPeer> all = new ArrayList<>(network.goPeers());
            all.add(node);
            Leadership.awaitOne(network.org1());
            Divergence divergence = new Divergence(BATCH);
            List<Double> memory = new ArrayList<>();
            long begun = System.nanoTime();
            long nextChange = begun + BETWEEN_CHANGES.toNanos();
            int changes = 0;
            List<String> complaints = new ArrayList<>();
            network.goPeers().forEach(peer -> peer.log().mark());
            while (System.nanoTime() - begun < DURATION.toNanos()) {
                divergence.sample(all);
                memory.add(node.residentMebibytes());
                if (System.nanoTime() >= nextChange) {
                    complaints.addAll(complaints(network));
                    changeLeader(network);
                    changes++;
                    divergence.forget();
                    nextChange += BETWEEN_CHANGES.toNanos();
                }
                LockSupport.parkNanos(SAMPLE.toNanos());
            }
            load.stop();
            long height = network.peer0OfOrg2().height();
            FabricNetwork.awaitHeight(Divergence.BOUND, height, all);
            for (LabPeer peer : all) {
                ChainComparison.assertSameChain(network.peer0OfOrg2(), peer, Math.max(0, height - 500), height);
            }
            report(changes, height, divergence, memory);
            assertThat(divergence.longest()).isLessThan(Divergence.BOUND);
            assertThat(lastQuarter(memory)).isLessThan(secondQuarter(memory) + MEMORY_NOISE);
            complaints.addAll(complaints(network));
            assertThat(complaints).as("warnings about our node").isEmpty();
        }
    }

    /**
     * The leader restarts in good order, and another leads meanwhile. What a Go peer says that has just started is not counted,
     * for it hears of everybody before it knows their identities; nor what Go peers say of our node while it is away.
     */
    private static void changeLeader(FabricNetwork network) {
        LabPeer leader = Leadership.awaitOne(network.org1());
        leader.stop();
        Leadership.awaitOne(
                network.org1().stream().filter(peer -> peer != leader).toList());
        leader.start();
        FabricNetwork.awaitHeight(Duration.ofSeconds(30), network.peer0OfOrg2().height(), network.org1());
        network.goPeers().stream()
                .filter(peer -> leader == peer || leader == network.grapevine())
                .forEach(peer -> peer.log().mark());
    }

    private static void report(int changes, long height, Divergence divergence, List<Double> memory) {
        Figures.note("long run: duration", DURATION.toString());
        Figures.note("long run: leader changes", Integer.toString(changes));
        Figures.note("long run: blocks", Long.toString(height));
        Figures.note("long run: longest with heights apart by more than a block", divergence.longest());
        Figures.note(
                "long run: resident memory, second and last quarter",
                "%.0f and %.0f MiB".formatted(secondQuarter(memory), lastQuarter(memory)));
    }

    private static double secondQuarter(List<Double> memory) {
        return mean(memory.subList(memory.size() / 4, memory.size() / 2));
    }

    private static double lastQuarter(List<Double> memory) {
        return mean(memory.subList(memory.size() * 3 / 4, memory.size()));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** What Go peers have warned of in connection with our node since they were last asked. */
    private static List<String> complaints(FabricNetwork network) {
        List<String> complaints = new ArrayList<>();
        for (GoPeer peer : network.goPeers()) {
            complaints.addAll(peer.log().warnings(network.grapevine().address()));
            complaints.addAll(peer.log().warnings(network.grapevine().pkiId()));
            peer.log().mark();
        }
        return complaints;
    }
}
