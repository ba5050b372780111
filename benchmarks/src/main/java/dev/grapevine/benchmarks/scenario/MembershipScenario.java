package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.time.Duration;

/**
 * How long it takes from the first start until everybody sees everybody at the same moment. Other networks come and go before,
 * so that the code is compiled.
 */
final class MembershipScenario {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NANOS_PER_SECOND = 1e9;

    private MembershipScenario() {}

    private static final int WARM_UPS = 5;
    private static final int WARM_UP_PEERS = 32;

    static Figures play(Stage stage) throws IOException {
        for (int round = 1; round <= WARM_UPS; round++) {
            stage.say("a network of " + WARM_UP_PEERS + " to warm up, " + round + " of " + WARM_UPS);
            warmUp(stage.within("warm-up-" + round));
        }
        try (ScenarioNetwork network = stage.network(stage.peers())) {
            for (int number = 0; number < stage.peers(); number++) {
                network.add();
            }
            stage.say("starting " + stage.peers() + " peers");
            Usage usage = new Usage(network);
            long start = System.nanoTime();
            network.peers().forEach(ScenarioPeer::begin);
            Waiting.until(PATIENCE, "full membership", network::isComplete);
            double membership = (System.nanoTime() - start) / NANOS_PER_SECOND;
            Waiting.until(PATIENCE, "full view of the channel", network::isChannelComplete);
            double view = (System.nanoTime() - start) / NANOS_PER_SECOND;
            Usage.Sum used = usage.sum();
            return stage.figures("membership")
                    .with("membership_s", membership)
                    .with("channel_view_s", view)
                    .with("bytes_per_peer", (double) used.bytes() / stage.peers())
                    .with("msgs_per_peer", (double) used.messages() / stage.peers())
                    .with("noise", Stage.noise(used));
        }
    }

    private static void warmUp(Stage stage) throws IOException {
        try (ScenarioNetwork network = stage.network(WARM_UP_PEERS)) {
            network.start(WARM_UP_PEERS);
            network.awaitComplete(PATIENCE);
            network.peers().forEach(ScenarioPeer::leave);
        }
    }
}
