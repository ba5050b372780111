package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.time.Duration;

/** What peers cost that have nothing to do. */
final class IdleScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofSeconds(40);

    private IdleScenario() {}

    static Figures play(Stage stage) throws IOException {
        try (ScenarioNetwork network = stage.network(stage.peers())) {
            network.start(stage.peers());
            network.awaitComplete(PATIENCE);
            stage.say("everybody sees everybody; letting it settle for " + SETTLING.toSeconds() + " s");
            Waiting.rest(SETTLING);
            stage.say("watching for " + WINDOW.toSeconds() + " s");
            Usage.Sum used = window(network, WINDOW);
            return rates(stage.figures("idle"), used, stage.peers()).with("noise", Stage.noise(used));
        }
    }

    /** What a network uses while time passes. */
    static Usage.Sum window(ScenarioNetwork network, Duration length) {
        Usage usage = new Usage(network);
        Waiting.rest(length);
        return usage.sum();
    }

    private static Figures rates(Figures figures, Usage.Sum used, int peers) throws IOException {
        return figures.with("bytes_per_s_per_peer", used.bytes() / used.seconds() / peers)
                .with("msgs_per_s_per_peer", used.messages() / used.seconds() / peers)
                .with("cpu_pct_core_per_peer", used.cpuSeconds() / used.seconds() * 100 / peers)
                .with("rss_per_peer_mib", ResidentMemory.mebibytes() / peers);
    }
}
