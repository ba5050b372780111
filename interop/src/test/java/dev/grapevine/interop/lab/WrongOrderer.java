package dev.grapevine.interop.lab;

import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.orderer.development.DevelopmentOrderer;
import dev.grapevine.node.orderer.development.OrdererServer;
import dev.grapevine.proto.ChannelId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/**
 * An orderer that everybody reaches and nobody should believe: its TLS certificate is the real orderer's, its blocks continue
 * the channel, and they are signed by a user of Org1.
 */
public final class WrongOrderer implements AutoCloseable {
    private final NodeResources resources;
    private final DevelopmentOrderer ordering;
    private final OrdererServer server;

    private WrongOrderer(NodeResources resources, DevelopmentOrderer ordering, OrdererServer server) {
        this.resources = resources;
        this.ordering = ordering;
        this.server = server;
    }

    /** Begins the channel from its genesis block and listens. */
    public static WrongOrderer start(FabricNetwork network, int port) {
        NodeResources resources = NodeResources.create();
        Organisation orderers = Organisation.ofOrderers(network.folder());
        try {
            DevelopmentOrderer ordering = DevelopmentOrderer.open(
                    network.folder().resolve("data/wrong"),
                    network.peer0().organisation().admin(),
                    SignatureProvider.bouncyCastle());
            ordering.join(Block.parseFrom(Files.readAllBytes(network.genesis())));
            OrdererServer server = OrdererServer.start(
                    ordering,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Optional.of(new OrdererServer.Tls(orderers.tlsOf("orderers", "orderer0"), List.of())),
                    resources);
            return new WrongOrderer(resources, ordering, server);
        } catch (IOException e) {
            throw new UncheckedIOException("the wrong orderer cannot start", e);
        }
    }

    /** Number of blocks it offers. */
    public long height() {
        return ordering.height(new ChannelId(FabricNetwork.CHANNEL)).orElseThrow();
    }

    @Override
    public void close() {
        server.close();
        resources.close();
    }
}
