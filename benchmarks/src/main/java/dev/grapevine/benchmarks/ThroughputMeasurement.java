package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.BenchNetwork;
import dev.grapevine.benchmarks.network.BlockMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** As many blocks as a network takes: verified, spread and durable on every peer. */
final class ThroughputMeasurement {
    private static final int WARM_UP = 200;

    private ThroughputMeasurement() {}

    static Figures run(Path folder, int peers, int bytes, int blocks) throws IOException {
        try (BenchNetwork network = BenchNetwork.start(folder, peers, peers)) {
            Commits commits = new Commits(network.peers(), WARM_UP + blocks + 1);
            BlockMaker maker = network.material().blocks();
            Flood.run(network, commits, maker.next(WARM_UP, bytes));
            List<Block> measured = maker.next(blocks, bytes);
            long chainBytes =
                    measured.stream().mapToLong(Block::getSerializedSize).sum();
            Load load = new Load();
            Flood.run(network, commits, measured);
            double seconds = load.seconds();
            return load.addTo(new Figures("throughput")
                    .with("peers", peers)
                    .with("blocks", blocks)
                    .with("block_bytes", chainBytes / blocks)
                    .with("blocks_per_s", blocks / seconds)
                    .with("mb_per_s", chainBytes / seconds / 1e6));
        }
    }
}
