package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.BenchNetwork;
import dev.grapevine.benchmarks.network.Waiting;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** Gives a network its next block whenever the slowest peer is fewer than {@value #WINDOW} behind. */
final class Flood {
    private static final int WINDOW = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Flood() {}

    /** Returns when all peers have all blocks. */
    static void run(BenchNetwork network, Commits commits, List<Block> blocks) {
        for (Block block : blocks) {
            long number = block.getHeader().getNumber();
            if (number > WINDOW) {
                Waiting.until(
                        PATIENCE, "commit of block " + (number - WINDOW), () -> commits.everywhere(number - WINDOW));
            }
            network.feed(block);
        }
        long last = blocks.get(blocks.size() - 1).getHeader().getNumber();
        Waiting.until(PATIENCE, "commit of all blocks", () -> commits.everywhere(last));
    }
}
