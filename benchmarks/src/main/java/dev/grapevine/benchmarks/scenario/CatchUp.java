package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Distribution;
import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A newcomer with only the genesis block fetches the whole chain from the other peers; several newcomers, one after the other.
 *
 * @param height of the chain
 */
record CatchUp(int height, int trials) {
    private static final int BYTES = 10_240;
    private static final int WINDOW = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final double NANOS_PER_SECOND = 1e9;

    private record Trial(double firstCommit, double total, double transfer) {}

    Figures play(Stage stage) throws IOException {
        try (ScenarioNetwork network = stage.network(stage.peers() + trials)) {
            network.start(stage.peers());
            network.awaitComplete(PATIENCE);
            stage.say("giving " + stage.peers() + " peers " + height + " blocks");
            Injection.closed(network, network.make(height, BYTES), WINDOW);
            Usage usage = new Usage(network);
            Trial[] done = new Trial[trials];
            for (int trial = 0; trial < trials; trial++) {
                stage.say("newcomer " + (trial + 1) + " of " + trials);
                done[trial] = join(network);
            }
            return figures(stage.figures("catchup"), List.of(done)).with("noise", Stage.noise(usage.sum()));
        }
    }

    private Trial join(ScenarioNetwork network) throws IOException {
        ScenarioPeer newcomer = network.add();
        Arrivals arrivals = new Arrivals(List.of(newcomer), height + 1);
        long start = System.nanoTime();
        newcomer.begin();
        Waiting.until(PATIENCE, "end of the catch-up", () -> newcomer.height() > height);
        return new Trial(
                seconds(start, arrivals.commit(0, 1)),
                seconds(start, arrivals.commit(0, height)),
                seconds(arrivals.commit(0, 1), arrivals.commit(0, height)));
    }

    private static double seconds(long from, long to) {
        return (to - from) / NANOS_PER_SECOND;
    }

    private Figures figures(Figures figures, List<Trial> done) {
        double transfer = median(done.stream().mapToDouble(Trial::transfer).toArray());
        double total = median(done.stream().mapToDouble(Trial::total).toArray());
        return figures.with("height", height)
                .with(
                        "first_commit_s",
                        median(done.stream().mapToDouble(Trial::firstCommit).toArray()))
                .with("total_s", total)
                .with(
                        "total_max_s",
                        done.stream().mapToDouble(Trial::total).max().orElseThrow())
                .with("transfer_s", transfer)
                .with("blocks_per_s_transfer", height / transfer)
                .with("blocks_per_s_total", height / total);
    }

    private static double median(double[] values) {
        return new Distribution(values).percentile(50);
    }
}
