package dev.grapevine.cli.demo;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.OrdererClient;
import dev.grapevine.cli.client.PeerClient;
import dev.grapevine.cli.client.TlsFiles;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** The processes of a demonstration and the calls to them. Closing it ends them all. */
final class DemoNetwork implements AutoCloseable {
    private final DemoMaterial material;
    private final DemoPorts ports;
    private final NodeProcess orderer;
    private final List<DemoPeer> peers = new ArrayList<>();
    private final Thread onExit = new Thread(this::killAll, "demo cleanup");

    private DemoNetwork(DemoMaterial material, DemoPorts ports, NodeProcess orderer) {
        this.material = material;
        this.ports = ports;
        this.orderer = orderer;
    }

    /** @param mainClass of this command, which the processes run too */
    static DemoNetwork create(Path folder, int count, String mainClass) {
        DemoPorts ports = DemoPorts.find(count);
        DemoMaterial material = DemoMaterial.generate(folder, count, ports);
        Path own = material.orderer();
        NodeProcess orderer = new NodeProcess(
                "orderer",
                mainClass,
                folder.resolve("orderer.log"),
                List.of(
                        "orderer",
                        "start",
                        "--listen",
                        "127.0.0.1:" + ports.orderer(),
                        "--dir",
                        folder.resolve("orderer").toString(),
                        "--msp-dir",
                        own.resolve("msp").toString(),
                        "--msp-id",
                        DemoMaterial.ORDERER_MSP,
                        "--tls-cert",
                        own.resolve("tls/server.crt").toString(),
                        "--tls-key",
                        own.resolve("tls/server.key").toString(),
                        "--genesis",
                        material.genesis().toString()));
        DemoNetwork network = new DemoNetwork(material, ports, orderer);
        for (int number = 0; number < count; number++) {
            network.peers.add(new DemoPeer(number, mainClass, folder, material, ports, count));
        }
        Runtime.getRuntime().addShutdownHook(network.onExit);
        return network;
    }

    void start() {
        orderer.start();
        peers.forEach(peer -> peer.process().start());
    }

    List<DemoPeer> peers() {
        return peers;
    }

    /** Every process, the orderer first. */
    List<NodeProcess> processes() {
        List<NodeProcess> all = new ArrayList<>(List.of(orderer));
        peers.forEach(peer -> all.add(peer.process()));
        return all;
    }

    /** Has every peer join the channel, as an administrator would. */
    void joinAll() {
        ByteString genesis = Input.read(material.genesis());
        for (DemoPeer peer : peers) {
            try (Connection connection = connect(peer.address(), "Admin", "tls/ca.crt")) {
                new PeerClient(connection).join(genesis);
            }
        }
    }

    /** Has blocks ordered, one envelope each, and waits until they are. */
    void order(int blocks, int bytes) {
        Path tls = material.orderer().resolve("tls/ca.crt");
        try (Connection connection = Connection.open(
                        "localhost:" + ports.orderer(), identity("User1"), new TlsFiles(tls, null, null));
                OrdererClient client = new OrdererClient(connection)) {
            SecureRandom random = new SecureRandom();
            byte[] data = new byte[bytes];
            for (int number = 0; number < blocks; number++) {
                random.nextBytes(data);
                client.submit(DemoMaterial.CHANNEL, ByteString.copyFrom(data));
            }
            client.finish();
        }
    }

    /** One block of one peer's ledger. */
    List<Block> chain(DemoPeer peer, long height) {
        try (Connection connection = connect(peer.address(), "User1", "tls/ca.crt")) {
            PeerClient client = new PeerClient(connection);
            List<Block> blocks = new ArrayList<>();
            for (long number = 0; number < height; number++) {
                blocks.add(client.block(DemoMaterial.CHANNEL, number));
            }
            return blocks;
        }
    }

    private Connection connect(String address, String user, String root) {
        Path tls = material.user(user).resolve("tls");
        return Connection.open(
                address,
                identity(user),
                new TlsFiles(material.user(user).resolve(root), tls.resolve("client.crt"), tls.resolve("client.key")));
    }

    private X509SigningIdentity identity(String user) {
        return X509SigningIdentity.ofDirectory(
                        material.user(user).resolve("msp"),
                        new MspId(DemoMaterial.PEER_MSP),
                        MspVersion.V3_0,
                        SignatureProvider.bouncyCastle())
                .accepted()
                .orElseThrow(() -> new CommandFailure("the identity of " + user + " cannot be used"));
    }

    private void killAll() {
        processes().forEach(NodeProcess::kill);
    }

    @Override
    public void close() {
        processes().forEach(NodeProcess::stop);
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException exiting) {
            killAll();
        }
    }
}
