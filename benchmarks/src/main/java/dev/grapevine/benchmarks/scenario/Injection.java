package dev.grapevine.benchmarks.scenario;

import dev.grapevine.benchmarks.network.Waiting;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** Gives blocks to the source of a network. */
final class Injection {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Injection() {}

    /**
     * At a steady rate; a block that is late does not delay the next.
     *
     * @return when each was given, before its verification
     */
    static long[] steadily(ScenarioNetwork network, List<Block> blocks, double perSecond) {
        long start = System.nanoTime();
        long[] given = new long[blocks.size()];
        for (int index = 0; index < given.length; index++) {
            Waiting.untilTime(start + (long) (index * 1e9 / perSecond));
            given[index] = System.nanoTime();
            network.feed(blocks.get(index));
        }
        return given;
    }

    /** The next when the slowest peer lacks fewer than {@code window}; returns when all have all. */
    static void closed(ScenarioNetwork network, List<Block> blocks, int window) {
        for (Block block : blocks) {
            awaitHeight(network, block.getHeader().getNumber() - window + 1);
            network.feed(block);
        }
        awaitHeight(network, blocks.get(blocks.size() - 1).getHeader().getNumber() + 1);
    }

    static void awaitHeight(ScenarioNetwork network, long height) {
        if (!hasHeight(network, height)) {
            Waiting.until(PATIENCE, "height " + height + " of all peers", () -> hasHeight(network, height));
        }
    }

    static boolean hasHeight(ScenarioNetwork network, long height) {
        return network.peers().stream().allMatch(peer -> peer.height() >= height);
    }
}
