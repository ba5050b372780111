package dev.grapevine.benchmarks.network;

import dev.grapevine.election.ElectionConfig;
import dev.grapevine.node.GossipPeer;
import dev.grapevine.node.NodeResources;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/**
 * Peers of one organisation in this process, over real gRPC and mutual TLS on the loopback interface, each with a durable
 * ledger. The first is everybody's bootstrap peer and the only one that is given blocks; nobody asks an ordering service.
 */
public final class BenchNetwork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Material material;
    private final NodeResources resources = NodeResources.create();
    private final List<GossipPeer> peers = new ArrayList<>();
    private final String bootstrap;

    private BenchNetwork(Path folder, int capacity) throws IOException {
        this.folder = folder;
        this.bootstrap = LocalPeer.freeEndpoint();
        this.material = Material.generate(folder, capacity, "localhost:1");
    }

    /**
     * Starts peers and waits until each sees all others in the channel.
     *
     * @param count of peers that start now
     * @param capacity how many there may be later
     */
    public static BenchNetwork start(Path folder, int count, int capacity) throws IOException {
        BenchNetwork network = new BenchNetwork(folder, capacity);
        for (int number = 0; number < count; number++) {
            network.addPeer();
        }
        Waiting.until(PATIENCE, "full membership", network::isComplete);
        return network;
    }

    /** Starts one more peer; it has joined the channel, but knows nobody yet. */
    public GossipPeer addPeer() throws IOException {
        int number = peers.size();
        String endpoint = number == 0 ? bootstrap : LocalPeer.freeEndpoint();
        LocalPeer setup = new LocalPeer(material.peer(number), endpoint, bootstrap, folder.resolve("data" + number));
        GossipPeer peer = setup.start(
                resources, material.genesis(), settings -> settings.withElection(ElectionConfig.defaults()));
        peers.add(peer);
        return peer;
    }

    private boolean isComplete() {
        return peers.stream()
                .allMatch(peer -> peer.peers(Material.CHANNEL).join().size() == peers.size() - 1);
    }

    /** Gives the first peer a block, as if an ordering service had. */
    public void feed(Block block) {
        Verdict<Long> verdict = source().addBlock(
                        Material.CHANNEL, block.getHeader().getNumber(), block.toByteString())
                .join();
        if (!verdict.isAccepted()) {
            throw new IllegalStateException("the first peer refuses a block: " + verdict.rejection());
        }
    }

    public GossipPeer source() {
        return peers.get(0);
    }

    public List<GossipPeer> peers() {
        return List.copyOf(peers);
    }

    public Material material() {
        return material;
    }

    @Override
    public void close() {
        peers.forEach(GossipPeer::close);
        resources.close();
    }
}
