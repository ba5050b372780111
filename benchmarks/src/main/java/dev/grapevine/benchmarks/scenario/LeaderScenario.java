package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** How long an organisation goes without a leader when its leader dies. */
final class LeaderScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final int DECLARATION_MILLIS = 5_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private LeaderScenario() {}

    static Figures play(Stage stage) throws IOException {
        try (ScenarioNetwork network = stage.mortalNetwork(true)) {
            long start = System.nanoTime();
            network.start(stage.peers());
            Waiting.until(PATIENCE, "a leader", () -> leaders(network.peers()) > 0);
            double first = (System.nanoTime() - start) / NANOS_PER_SECOND;
            network.awaitComplete(PATIENCE);
            Waiting.until(PATIENCE, "a single leader", () -> leaders(network.peers()) == 1);
            stage.say("a leader after " + Math.round(first) + " s; it dies soon");
            Waiting.rest(SETTLING.plusMillis(new Random().nextInt(DECLARATION_MILLIS)));
            ScenarioPeer leader = network.peers().stream()
                    .filter(ScenarioPeer::isLeader)
                    .findFirst()
                    .orElseThrow();
            List<ScenarioPeer> survivors =
                    network.peers().stream().filter(peer -> peer != leader).toList();
            Usage usage = new Usage(network);
            long death = System.nanoTime();
            leader.crash();
            Waiting.until(PATIENCE, "another leader", () -> leaders(survivors) > 0);
            return stage.figures("leader")
                    .with("first_leader_s", first)
                    .with("failover_s", (System.nanoTime() - death) / NANOS_PER_SECOND)
                    .with("noise", Stage.noise(usage.sum()));
        }
    }

    private static long leaders(List<ScenarioPeer> peers) {
        return peers.stream().filter(ScenarioPeer::isLeader).count();
    }
}
