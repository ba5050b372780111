package dev.grapevine.benchmarks.scenario;

import com.google.protobuf.ByteString;
import dev.grapevine.benchmarks.network.BlockMaker;
import dev.grapevine.benchmarks.network.LocalPeer;
import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.benchmarks.network.Waiting;
import dev.grapevine.comm.grpc.NettyThreads;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.node.PeerOptions;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.time.SharedLoop;
import dev.grapevine.proto.time.WorkerQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;

/** Peers of one organisation in one channel; the first is everybody's bootstrap peer and the only source of blocks. */
final class ScenarioNetwork implements AutoCloseable {
    private static final int STARTED_TOGETHER = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Material material;
    private final BlockMaker blocks;
    private final List<PeerOptions> options = new ArrayList<>();
    private final List<ScenarioPeer> peers = new ArrayList<>();
    private final ScenarioMeters meters = new ScenarioMeters();
    private final WireBytes bytes = new WireBytes();
    private final ExecutorService workers;
    private final ScheduledExecutorService loops = SharedLoop.threads("bench-loop", PROCESSORS);
    private final ScenarioPeer.ChannelStart start;
    private final boolean ownThreads;
    private final List<NettyThreads> network = new ArrayList<>();

    /**
     * Makes keys, certificates and a channel; nothing runs yet.
     *
     * @param capacity how many peers there may ever be
     * @param ownThreads whether each peer has a network thread of its own, so that it can be ended alone
     */
    ScenarioNetwork(Path folder, int capacity, boolean ownThreads, UnaryOperator<PeerSettings> adjust)
            throws IOException {
        this.ownThreads = ownThreads;
        this.material = Material.generate(folder, capacity, "localhost:1");
        this.blocks = material.blocks();
        ByteString genesis = material.genesis().toByteString();
        this.start = new ScenarioPeer.ChannelStart(
                new SharedChain(genesis),
                genesis,
                BlockHash.ofHeader(material.genesis().getHeader()));
        this.workers = new ThreadPoolExecutor(PROCESSORS, PROCESSORS, 0, TimeUnit.SECONDS, new WorkerQueue(), task -> {
            Thread worker = new Thread(task, "bench-worker");
            worker.setDaemon(true);
            return worker;
        });
        String bootstrap = LocalPeer.freeEndpoint();
        for (int number = 0; number < capacity; number++) {
            String endpoint = number == 0 ? bootstrap : LocalPeer.freeEndpoint();
            options.add(PeerOptions.embedded(
                            material.peer(number).resolve("msp"), Material.PEERS, endpoint, folder.resolve("unused"))
                    .withTls(material.peer(number).resolve("tls"))
                    .withSettings(settings -> adjust.apply(settings.withDiscovery(
                            DiscoveryConfig.defaults(endpoint).withBootstrap(bootstrap)))));
        }
        if (!ownThreads) {
            network.add(CountedLoops.create(PROCESSORS, bytes));
        }
    }

    /** Makes one more peer listen; {@link ScenarioPeer#begin} sets it going. */
    ScenarioPeer add() throws IOException {
        if (ownThreads) {
            network.add(CountedLoops.create(1, bytes));
        }
        ScenarioPeer peer = new ScenarioPeer(
                options.get(peers.size()),
                network.get(network.size() - 1),
                new ScenarioPeer.Shared(loops, workers),
                start,
                meters);
        peers.add(peer);
        return peer;
    }

    /**
     * Makes and starts so many peers, {@value #STARTED_TOGETHER} at a time: those of large networks in one process keep each other
     * from shaking hands, which is what the scenario of the membership measures and no other.
     */
    void start(int count) throws IOException {
        while (peers.size() < count) {
            int before = peers.size();
            while (peers.size() < Math.min(count, before + STARTED_TOGETHER)) {
                add();
            }
            peers.subList(before, peers.size()).forEach(ScenarioPeer::begin);
            if (peers.size() < count) {
                awaitComplete(PATIENCE);
            }
        }
    }

    /** Waits until every peer sees all others, in general and in the channel. */
    void awaitComplete(Duration patience) {
        Waiting.until(patience, "full membership", this::isComplete);
        Waiting.until(patience, "full view of the channel", this::isChannelComplete);
    }

    boolean isComplete() {
        return peers.stream().allMatch(peer -> peer.members() == peers.size() - 1);
    }

    boolean isChannelComplete() {
        return peers.stream().allMatch(peer -> peer.channelMembers() == peers.size() - 1);
    }

    List<ScenarioPeer> peers() {
        return List.copyOf(peers);
    }

    /** The next blocks of the chain, with so many bytes of transactions each. */
    List<Block> make(int count, int size) {
        return blocks.next(count, size);
    }

    /** Gives the source a block; returns when it has verified it and begun to spread it. */
    void feed(Block block) {
        ByteString serialised = block.toByteString();
        start.chain().add(serialised);
        peers.get(0).feed(block.getHeader().getNumber(), serialised);
    }

    /** The height that everybody has once all blocks have come. */
    long height() {
        return start.chain().height();
    }

    long messagesSent() {
        return meters.messagesSent();
    }

    /** Blocks that came to a peer by pull before they came otherwise. */
    long blocksPulled() {
        return meters.blocksPulled();
    }

    /** Bytes that all peers have written to TCP. */
    long bytesWritten() {
        return bytes.written();
    }

    @Override
    public void close() {
        peers.forEach(ScenarioPeer::end);
        network.forEach(NettyThreads::close);
        loops.shutdown();
        workers.shutdown();
    }
}
