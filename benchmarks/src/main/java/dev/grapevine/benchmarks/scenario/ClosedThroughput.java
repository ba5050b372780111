package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.hyperledger.fabric.protos.common.Block;

/** As many blocks as a network takes: the next one when the slowest peer is fewer than {@value #WINDOW} behind. */
final class ClosedThroughput {
    private static final int BYTES = 102_400;
    private static final int WINDOW = 10;
    /** Blocks that are made ahead, in small lots: making them costs a fifth of a millisecond each of the same processors. */
    private static final int LOT = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 50_000;

    private ClosedThroughput() {}

    static Figures play(Stage stage) throws IOException {
        try (ScenarioNetwork network = stage.network(stage.peers())) {
            network.start(stage.peers());
            network.awaitComplete(PATIENCE);
            stage.say("warming up for " + WARM_UP.toSeconds() + " s");
            run(network, WARM_UP);
            Usage.Sum idle = IdleScenario.window(network, IDLE);
            stage.say("measuring for " + MEASURED.toSeconds() + " s");
            Usage usage = new Usage(network);
            List<Integer> sizes = run(network, MEASURED);
            Usage.Sum used = usage.sum();
            return stage.figures("throughput-closed")
                    .with("size", sizes.get(0))
                    .with("blocks", sizes.size())
                    .with("achieved_blocks_per_s", sizes.size() / used.seconds())
                    .with(
                            "mb_per_s",
                            sizes.stream().mapToDouble(Integer::doubleValue).sum() / used.seconds() / 1e6)
                    .withAll(Cost.of(used, idle, sizes, stage.peers()))
                    .with("noise", Stage.noise(used));
        }
    }

    /** Feeds for a while; gives the sizes of the blocks when all have all. */
    private static List<Integer> run(ScenarioNetwork network, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        Deque<Block> ready = new ArrayDeque<>();
        List<Integer> sizes = new ArrayList<>();
        while (System.nanoTime() < end) {
            if (ready.isEmpty()) {
                ready.addAll(network.make(LOT, BYTES));
            }
            Block next = ready.remove();
            long slowest = next.getHeader().getNumber() - WINDOW + 1;
            while (!Injection.hasHeight(network, slowest) && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            network.feed(next);
            sizes.add(next.getSerializedSize());
        }
        for (Block left : ready) {
            network.feed(left);
            sizes.add(left.getSerializedSize());
        }
        Injection.awaitHeight(network, network.height());
        return sizes;
    }
}
