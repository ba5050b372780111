package dev.grapevine.node.orderer.development;

import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.deliver.ClientCertificates;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A development orderer on the network: listens, and closes the orderer with itself. */
public final class OrdererServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrdererServer.class);
    private static final int MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
    private static final long KEEP_ALIVE_FLOOR_SECONDS = 60;
    private static final long GRACE_SECONDS = 5;

    private final DevelopmentOrderer orderer;
    private final Server server;

    private OrdererServer(DevelopmentOrderer orderer, Server server) {
        this.orderer = orderer;
        this.server = server;
    }

    /**
     * How connections are secured.
     *
     * @param own what the server presents
     * @param clientRoots the authorities of the certificates that clients must present; none if they need not
     */
    public record Tls(TlsCredentials own, List<X509Certificate> clientRoots) {
        public Tls {
            clientRoots = List.copyOf(clientRoots);
        }

        private SslContext context() throws IOException {
            SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forServer(own.keyManager()));
            if (!clientRoots.isEmpty()) {
                builder.trustManager(clientRoots).clientAuth(ClientAuth.REQUIRE);
            }
            return builder.build();
        }
    }

    /**
     * Listens.
     *
     * @param address port 0 takes a free one
     * @param tls empty for plain text, which is for tests
     * @throws IOException if the address is in use
     */
    public static OrdererServer start(
            DevelopmentOrderer orderer, InetSocketAddress address, Optional<Tls> tls, NodeResources resources)
            throws IOException {
        boolean mutual = tls.filter(with -> !with.clientRoots().isEmpty()).isPresent();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .bossEventLoopGroup(resources.network().group())
                .workerEventLoopGroup(resources.network().group())
                .channelType(resources.network().server())
                .executor(resources.services())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .permitKeepAliveTime(KEEP_ALIVE_FLOOR_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(ServerInterceptors.intercept(
                        orderer.service(resources.services(), mutual, ClientCertificates::current),
                        new ClientCertificates()));
        if (tls.isPresent()) {
            builder.sslContext(tls.get().context());
        }
        Server server = builder.build().start();
        log.info("ordering on {}:{}", address.getHostString(), server.getPort());
        return new OrdererServer(orderer, server);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("some calls did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orderer.close();
    }
}
