package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Distribution;
import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How long survivors take to notice that a peer is gone. */
final class FailureScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final double NANOS_PER_SECOND = 1e9;

    private FailureScenario() {}

    /** @param silently whether its connections stay open, or are closed with its port */
    static Figures play(Stage stage, boolean silently) throws IOException {
        try (ScenarioNetwork network = stage.mortalNetwork(false)) {
            network.start(stage.peers());
            network.awaitComplete(PATIENCE);
            stage.say("everybody sees everybody; a peer goes in " + SETTLING.toSeconds() + " s");
            Waiting.rest(SETTLING);
            List<ScenarioPeer> survivors = network.peers().subList(0, stage.peers() - 1);
            ScenarioPeer lost = network.peers().get(stage.peers() - 1);
            CompletableFuture<Void> over = new CompletableFuture<>();
            Usage usage = new Usage(network);
            try {
                return figures(
                                stage.figures(silently ? "failure-blackhole" : "failure-crash"),
                                detect(survivors, lost, silently, over))
                        .with("wrongly_dead_pairs", wronglyDead(survivors))
                        .with("noise", Stage.noise(usage.sum()));
            } finally {
                over.complete(null);
            }
        }
    }

    private static double[] detect(
            List<ScenarioPeer> survivors, ScenarioPeer lost, boolean silently, CompletableFuture<Void> over) {
        double[] noticed = new double[survivors.size()];
        long start = System.nanoTime();
        if (silently) {
            lost.hang(over);
        } else {
            lost.crash();
        }
        while (Arrays.stream(noticed).anyMatch(time -> time == 0)) {
            double now = (System.nanoTime() - start) / NANOS_PER_SECOND;
            if (now > PATIENCE.toSeconds()) {
                throw new IllegalStateException("a peer that is gone is believed alive after " + PATIENCE);
            }
            for (int index = 0; index < noticed.length; index++) {
                if (noticed[index] == 0 && !survivors.get(index).believesAlive(lost.pkiId())) {
                    noticed[index] = now;
                }
            }
            Waiting.rest(LOOK);
        }
        return noticed;
    }

    private static Figures figures(Figures figures, double[] seconds) {
        Distribution all = new Distribution(seconds);
        return figures.with("detect_s", all).with("first_s", all.min()).with("all_s", all.max());
    }

    private static long wronglyDead(List<ScenarioPeer> survivors) {
        return survivors.stream()
                .flatMap(
                        each -> survivors.stream().filter(other -> other != each && !each.believesAlive(other.pkiId())))
                .count();
    }
}
