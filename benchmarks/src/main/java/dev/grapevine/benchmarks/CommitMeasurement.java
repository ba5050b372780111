package dev.grapevine.benchmarks;

import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.node.ledger.LedgerDirectory;
import dev.grapevine.node.ledger.RocksLedger;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.time.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.hyperledger.fabric.protos.common.Block;

/** The ledger alone: verified blocks appended as the commit pipeline does, until the last one is durable. */
final class CommitMeasurement {
    /** As many appends under way as a node allows itself. */
    private static final int IN_FLIGHT = 64;

    private CommitMeasurement() {}

    static Figures run(Path folder, int blocks, int bytes) throws IOException, InterruptedException {
        Material material = Material.generate(folder, 1, "localhost:1");
        List<VerifiedBlock> chain = verified(material, blocks, bytes);
        long chainBytes =
                chain.stream().mapToLong(block -> block.bytes().size()).sum();
        LedgerDirectory ledgers = LedgerDirectory.open(folder.resolve("ledgers"), Meters.NONE);
        ledgers.create(Material.CHANNEL, material.genesis().toByteString());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (ledgers;
                EventLoop loop = new EventLoop("bench", Runnable::run, failure::set);
                RocksLedger ledger = ledgers.open(Material.CHANNEL, loop)) {
            Load load = new Load();
            append(loop, ledger, chain, failure);
            double seconds = load.seconds();
            if (failure.get() != null) {
                throw new IllegalStateException("an append failed", failure.get());
            }
            return load.addTo(new Figures("commit")
                    .with("blocks", blocks)
                    .with("block_bytes", chainBytes / blocks)
                    .with("blocks_per_s", blocks / seconds)
                    .with("mb_per_s", chainBytes / seconds / 1e6));
        }
    }

    private static List<VerifiedBlock> verified(Material material, int blocks, int bytes) {
        NetworkTrust trust = material.trust();
        List<VerifiedBlock> chain = new ArrayList<>();
        for (Block block : material.blocks().next(blocks, bytes)) {
            BlockVerdict verdict =
                    trust.verifyBlock(Material.CHANNEL, block.getHeader().getNumber(), block.toByteString());
            chain.add(((BlockVerdict.Verified) verdict).block());
        }
        return chain;
    }

    private static void append(
            EventLoop loop, RocksLedger ledger, List<VerifiedBlock> chain, AtomicReference<Throwable> failure)
            throws InterruptedException {
        Semaphore room = new Semaphore(IN_FLIGHT);
        CountDownLatch durable = new CountDownLatch(chain.size());
        for (VerifiedBlock block : chain) {
            room.acquire();
            loop.execute(() -> ledger.append(block, fault -> {
                failure.compareAndSet(null, fault);
                room.release();
                durable.countDown();
            }));
        }
        durable.await();
    }
}
