package dev.grapevine.benchmarks;

import com.google.protobuf.ByteString;
import dev.grapevine.benchmarks.network.LocalPeer;
import dev.grapevine.benchmarks.network.Material;
import dev.grapevine.benchmarks.network.Waiting;
import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.orderer.development.DevelopmentOrderer;
import dev.grapevine.node.orderer.development.OrdererServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network with nothing to do: every node a process of its own with Fabric's defaults, an elected leader that waits at an
 * ordering service, no blocks. What each node costs meanwhile.
 */
final class IdleMeasurement {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private IdleMeasurement() {}

    /** @param settling until the election is over and the compiler has done most of its work */
    static Figures run(Path folder, int count, Duration settling, Duration window) throws IOException {
        String ordererAddress = LocalPeer.freeEndpoint();
        Material material = Material.generate(folder, count, ordererAddress);
        NodeResources resources = NodeResources.create();
        List<IdleProcess> nodes = new ArrayList<>();
        try (resources;
                OrdererServer ordering = ordering(material, folder, ordererAddress, resources)) {
            String bootstrap = LocalPeer.freeEndpoint();
            for (int number = 0; number < count; number++) {
                String endpoint = number == 0 ? bootstrap : LocalPeer.freeEndpoint();
                LocalPeer setup =
                        new LocalPeer(material.peer(number), endpoint, bootstrap, folder.resolve("data" + number));
                nodes.add(IdleProcess.start(setup, material.genesisFile()));
            }
            Waiting.until(
                    PATIENCE, "full membership", () -> nodes.stream().allMatch(node -> node.members() == count - 1));
            Waiting.rest(settling);
            return observe(nodes, window);
        } finally {
            nodes.forEach(IdleProcess::close);
        }
    }

    private static OrdererServer ordering(Material material, Path folder, String address, NodeResources resources)
            throws IOException {
        DevelopmentOrderer orderer =
                DevelopmentOrderer.open(folder.resolve("orderer"), material.orderer(), material.provider());
        orderer.join(material.genesis());
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        ByteString certificate = bytes(material.ordererTls().resolve("server.crt"));
        ByteString key = bytes(material.ordererTls().resolve("server.key"));
        return OrdererServer.start(
                orderer,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.of(new OrdererServer.Tls(TlsCredentials.ofPem(certificate, key), List.of())),
                resources);
    }

    private static ByteString bytes(Path file) throws IOException {
        return ByteString.copyFrom(Files.readAllBytes(file));
    }

    private static Figures observe(List<IdleProcess> nodes, Duration window) throws IOException {
        Load load = new Load();
        List<Duration> before = nodes.stream().map(IdleProcess::cpu).toList();
        Waiting.rest(window);
        double seconds = load.seconds();
        double[] cpu = new double[nodes.size()];
        double[] resident = new double[nodes.size()];
        double[] heap = new double[nodes.size()];
        for (int number = 0; number < cpu.length; number++) {
            IdleProcess node = nodes.get(number);
            cpu[number] = node.cpu().minus(before.get(number)).toNanos() / 1e9 / seconds * 100;
            resident[number] = node.residentMebibytes();
            heap[number] = node.heapMebibytes();
        }
        Figures figures = new Figures("idle")
                .with("peers", nodes.size())
                .with("cpu_percent_of_a_core_per_peer", new Distribution(cpu).mean())
                .with("cpu_percent_max", new Distribution(cpu).max())
                .with("resident_mib", new Distribution(resident).mean())
                .with("heap_in_use_mib", new Distribution(heap).mean())
                .with("threads", nodes.get(0).threads());
        return load.addTo(figures);
    }
}
