package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.BenchNetwork;
import dev.grapevine.benchmarks.network.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** A newcomer that has only the genesis block fetches a whole chain from the other peers. */
final class TransferMeasurement {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TransferMeasurement() {}

    static Figures run(Path folder, int peers, int bytes, int blocks) throws IOException {
        try (BenchNetwork network = BenchNetwork.start(folder, peers, peers + 1)) {
            List<Block> chain = network.material().blocks().next(blocks, bytes);
            long chainBytes = chain.stream().mapToLong(Block::getSerializedSize).sum();
            Flood.run(network, new Commits(network.peers(), blocks + 1), chain);
            Load load = new Load();
            long start = System.nanoTime();
            Commits newcomer = new Commits(List.of(network.addPeer()), blocks + 1);
            Waiting.until(PATIENCE, "catch-up", () -> newcomer.everywhere(blocks));
            double transfer = (newcomer.at(0, blocks) - newcomer.at(0, 1)) / 1e9;
            return load.addTo(new Figures("transfer")
                    .with("peers", peers)
                    .with("blocks", blocks)
                    .with("block_bytes", chainBytes / blocks)
                    .with("first_commit_s", (newcomer.at(0, 1) - start) / 1e9)
                    .with("total_s", (newcomer.at(0, blocks) - start) / 1e9)
                    .with("transfer_s", transfer)
                    .with("blocks_per_s", blocks / transfer)
                    .with("mb_per_s", chainBytes / transfer / 1e6));
        }
    }
}
