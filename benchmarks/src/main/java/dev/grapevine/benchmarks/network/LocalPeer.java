package dev.grapevine.benchmarks.network;

import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.node.GossipPeer;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.PeerOptions;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.Meters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;

/**
 * How a measured peer is set up: Fabric's defaults with state transfer on, mutual TLS, one bootstrap peer.
 *
 * @param folder of its {@code msp} and {@code tls}
 * @param endpoint where it listens, {@code localhost:port}
 * @param bootstrap the endpoint of the first peer
 */
public record LocalPeer(Path folder, String endpoint, String bootstrap, Path storage) {
    /** Starts it and has it join the channel; done when it has. */
    public GossipPeer start(NodeResources resources, Block genesis, UnaryOperator<PeerSettings> adjust) {
        PeerOptions options = PeerOptions.embedded(folder.resolve("msp"), Material.PEERS, endpoint, storage)
                .withTls(folder.resolve("tls"))
                .withSettings(settings -> adjust.apply(settings.withDiscovery(DiscoveryConfig.defaults(endpoint)
                        .withExternalEndpoint(endpoint)
                        .withBootstrap(bootstrap))));
        GossipPeer peer = GossipPeer.create(options, resources, Meters.NONE);
        peer.start().join();
        peer.join(genesis).join().value();
        return peer;
    }

    /** An endpoint on this machine whose port was free a moment ago. */
    public static String freeEndpoint() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "localhost:" + socket.getLocalPort();
        }
    }
}
