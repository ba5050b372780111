package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/**
 * Blocks at a steady rate from one source: when they arrive, when they are committed, and what that costs beyond idling.
 *
 * @param bytes of transactions in a block
 * @param rate blocks a second
 */
record Dissemination(int bytes, double rate, int seconds) {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final long DRAIN_NANOS = 30_000_000_000L;
    /** Copies of a block that the network receives before anything is counted, for the compiler to do its work. */
    private static final int WARM_UP_COPIES = 12_000;
    /** The same in bytes, for large blocks. */
    private static final int WARM_UP_BYTES = 2_000_000_000;

    /** They are all made before the first is given, so they must not be too many. */
    private static final int MOST_WARM_UP_BLOCKS = 1_000;

    private static final int WARM_UP_WINDOW = 2;

    /** How many blocks of 1 MiB a second peers in one process bear, by their number. */
    static double rateOfLargeBlocks(int peers) {
        if (peers <= 4) {
            return 1;
        }
        return peers <= 16 ? 0.5 : 0.2;
    }

    Figures play(Stage stage) throws IOException {
        try (ScenarioNetwork network = stage.network(stage.peers())) {
            network.start(stage.peers());
            network.awaitComplete(PATIENCE);
            int warmUp = warmUpBlocks(stage.peers());
            stage.say("everybody sees everybody; " + warmUp + " blocks to warm up");
            Injection.closed(network, network.make(warmUp, bytes), WARM_UP_WINDOW);
            int count = (int) Math.round(rate * seconds);
            List<Block> blocks = network.make(count, bytes);
            Arrivals arrivals = new Arrivals(network.peers(), warmUp + count + 1);
            stage.say("letting it settle for " + SETTLING.toSeconds() + " s, then watching it idle");
            Waiting.rest(SETTLING);
            Usage.Sum idle = IdleScenario.window(network, IDLE);
            stage.say(count + " blocks in " + seconds + " s");
            return measure(stage, network, arrivals, blocks, idle);
        }
    }

    private int warmUpBlocks(int peers) {
        int copies = Math.min(WARM_UP_COPIES, WARM_UP_BYTES / bytes);
        return Math.max(10, Math.min(MOST_WARM_UP_BLOCKS, copies / peers));
    }

    private Figures measure(Stage stage, ScenarioNetwork network, Arrivals arrivals, List<Block> blocks, Usage.Sum idle)
            throws IOException {
        long first = blocks.get(0).getHeader().getNumber();
        long end = first + blocks.size();
        long pulledBefore = network.blocksPulled();
        Usage usage = new Usage(network);
        long[] injected = Injection.steadily(network, blocks, rate);
        double injecting = usage.sum().seconds();
        long committed = arrivals.committedByAll(first, end);
        drain(network, end);
        Usage.Sum used = usage.sum();
        return stage.figures("dissemination")
                .with("size", blocks.get(0).getSerializedSize())
                .with("rate", rate)
                .with("blocks", blocks.size())
                .with("deliver_ms", arrivals.deliveries(first, injected))
                .with("commit_ms", arrivals.commits(first, injected))
                .with("last_peer_ms", arrivals.lastPeer(first, injected))
                .with(
                        "first_arrival_path",
                        arrivals.firstPaths(first, blocks.size(), network.blocksPulled() - pulledBefore))
                .with("achieved_blocks_per_s", committed / injecting)
                .with("committed_by_all_at_end_of_injection", committed)
                .with("uncommitted_pairs", uncommitted(network, end))
                .with("drain_s", used.seconds() - injecting)
                .withAll(Cost.of(
                        used,
                        idle,
                        blocks.stream().map(Block::getSerializedSize).toList(),
                        stage.peers()))
                .with("rss_per_peer_mib", ResidentMemory.mebibytes() / stage.peers())
                .with("noise", Stage.noise(used));
    }

    private static void drain(ScenarioNetwork network, long end) {
        long deadline = System.nanoTime() + DRAIN_NANOS;
        while (!Injection.hasHeight(network, end) && System.nanoTime() < deadline) {
            Waiting.rest(Duration.ofMillis(2));
        }
    }

    private static long uncommitted(ScenarioNetwork network, long end) {
        return network.peers().stream().mapToLong(peer -> end - peer.height()).sum();
    }
}
