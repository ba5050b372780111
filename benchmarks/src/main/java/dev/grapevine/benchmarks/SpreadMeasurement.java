package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.BenchNetwork;
import dev.grapevine.benchmarks.network.BlockMaker;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/**
 * Blocks at a steady rate, given to the first peer: from the moment it is given one (before it verifies it) until it is durable
 * on the last peer. A block that is late does not delay the next one.
 */
final class SpreadMeasurement {
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Blocks that let the compiler do its work before the others are counted. */
    private static final int WARM_UP = 100;

    private static final Duration WARM_UP_INTERVAL = Duration.ofMillis(20);

    private static final double NANOS_PER_MILLI = 1e6;

    private SpreadMeasurement() {}

    static Figures run(Path folder, int peers, int bytes, double perSecond, int blocks) throws IOException {
        try (BenchNetwork network = BenchNetwork.start(folder, peers, peers)) {
            Commits commits = new Commits(network.peers(), WARM_UP + blocks + 1);
            Waiting.rest(SETTLING);
            BlockMaker maker = network.material().blocks();
            feed(network, maker.next(WARM_UP, bytes), WARM_UP_INTERVAL);
            Waiting.until(PATIENCE, "commit of the first blocks", () -> commits.everywhere(WARM_UP));
            List<Block> measured = maker.next(blocks, bytes);
            Load load = new Load();
            long[] given = feed(network, measured, Duration.ofNanos((long) (1e9 / perSecond)));
            Waiting.until(PATIENCE, "commit of all blocks", () -> commits.everywhere(WARM_UP + (long) blocks));
            return load.addTo(figures(given, commits, peers)
                    .with("blocks", blocks)
                    .with("block_bytes", measured.get(0).getSerializedSize())
                    .with("rate", perSecond));
        }
    }

    private static long[] feed(BenchNetwork network, List<Block> blocks, Duration interval) {
        long start = System.nanoTime();
        long[] given = new long[blocks.size()];
        for (int index = 0; index < given.length; index++) {
            Waiting.untilTime(start + index * interval.toNanos());
            given[index] = System.nanoTime();
            network.feed(blocks.get(index));
        }
        return given;
    }

    private static Figures figures(long[] given, Commits commits, int peers) {
        double[] first = new double[given.length];
        double[] last = new double[given.length];
        for (int index = 0; index < given.length; index++) {
            long number = WARM_UP + 1L + index;
            first[index] = (commits.at(0, number) - given[index]) / NANOS_PER_MILLI;
            last[index] = (commits.last(number) - given[index]) / NANOS_PER_MILLI;
        }
        Figures figures = new Figures("spread").with("peers", peers);
        add(figures, "first_peer", new Distribution(first));
        add(figures, "last_peer", new Distribution(last));
        return figures;
    }

    private static void add(Figures figures, String name, Distribution milliseconds) {
        figures.with(name + "_p50_ms", milliseconds.percentile(50))
                .with(name + "_p99_ms", milliseconds.percentile(99))
                .with(name + "_max_ms", milliseconds.max());
    }
}
