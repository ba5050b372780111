package dev.grapevine.benchmarks.network;

import dev.grapevine.discovery.DiscoveryConfig;
import dev.grapevine.node.GossipPeer;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.PeerOptions;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.Meters;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a measured peer is set up: Fabric's defaults with state transfer on, mutual TLS, one bootstrap peer.
 *
 * @param folder of its {@code msp} and {@code tls}
 * @param endpoint where it listens, {@code localhost:port}
 * @param bootstrap the endpoint of the first peer
 */
public record LocalPeer(Path folder, String endpoint, String bootstrap, Path storage) {
    private static final Logger log = LoggerFactory.getLogger(LocalPeer.class);
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final int MOST_ATTEMPTS = 1000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() % PORTS));

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

    /**
     * An endpoint on this machine whose port was free a moment ago. It lies below those that systems give to outgoing connections:
     * else a peer that starts later would find its port taken by a connection of one that started before.
     *
     * @throws IOException if none of many ports is free
     */
    public static String freeEndpoint() throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            int port = FIRST_PORT + NEXT.getAndIncrement() % PORTS;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "localhost:" + socket.getLocalPort();
            } catch (BindException e) {
                log.debug("port {} is taken", port, e);
            }
        }
        throw new IOException("no free port from " + FIRST_PORT + " to " + (FIRST_PORT + PORTS - 1));
    }
}
