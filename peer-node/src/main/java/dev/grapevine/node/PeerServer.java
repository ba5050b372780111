package dev.grapevine.node;

import dev.grapevine.comm.grpc.GrpcTransport;
import dev.grapevine.node.deliver.ClientCertificates;
import dev.grapevine.node.deliver.DeliverService;
import dev.grapevine.node.services.AccessControl;
import dev.grapevine.node.services.AccessControl.LocalRole;
import dev.grapevine.node.services.AdminService;
import dev.grapevine.node.services.BlockEventService;
import dev.grapevine.node.services.ConcurrencyLimit;
import dev.grapevine.node.services.DiscoveryService;
import dev.grapevine.node.services.EndorserService;
import dev.grapevine.node.services.GatewayService;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The one gRPC server of a node: gossip beside the services for clients. */
final class PeerServer {
    private static final long PATIENCE_SECONDS = 2;

    private final Server server;

    private PeerServer(Server server) {
        this.server = server;
    }

    static PeerServer start(
            PeerOptions options,
            NodeResources resources,
            GrpcTransport transport,
            NodeChannels channels,
            AccessControl access,
            VisiblePeers peers)
            throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address(options.listenAddress()))
                .bossEventLoopGroup(resources.network().group())
                .workerEventLoopGroup(resources.network().group())
                .channelType(resources.network().server());
        transport.configure(builder, resources.services());
        builder.addService(transport.service());
        DeliverService.Limits limits = new DeliverService.Limits(
                Clock.systemUTC(),
                options.services().authenticationTimeWindow(),
                options.tls().filter(PeerOptions.Tls::clientAuthRequired).isPresent());
        add(
                builder,
                new EndorserService(channels, access, options.identity()),
                new ConcurrencyLimit(options.services().endorserConcurrency()));
        add(
                builder,
                new BlockEventService(
                        channels::chain,
                        channels::filteredChain,
                        limits,
                        resources.services(),
                        ClientCertificates::current),
                new ConcurrencyLimit(options.services().deliverConcurrency()));
        add(builder, new GatewayService());
        add(
                builder,
                new AdminService(
                        channels,
                        access,
                        new AdminService.Limits(limits.clock(), limits.timeWindow(), limits.boundToTls()),
                        ClientCertificates::current));
        if (options.services().discoveryEnabled()) {
            add(
                    builder,
                    new DiscoveryService(
                            channels,
                            access,
                            peers,
                            options.services().orgMembersAllowedAccess() ? LocalRole.MEMBER : LocalRole.ADMIN,
                            limits.boundToTls(),
                            ClientCertificates::current));
        }
        return new PeerServer(builder.build().start());
    }

    private static void add(NettyServerBuilder builder, BindableService service, ServerInterceptor... limits) {
        builder.addService(
                ServerInterceptors.intercept(ServerInterceptors.intercept(service, new ClientCertificates()), limits));
    }

    private static InetSocketAddress address(String listenAddress) {
        int colon = listenAddress.lastIndexOf(':');
        return new InetSocketAddress(
                listenAddress.substring(0, colon), Integer.parseInt(listenAddress.substring(colon + 1)));
    }

    int port() {
        return server.getPort();
    }

    /** Takes no calls any more; those under way have a moment to end. */
    void stop() {
        server.shutdown();
        try {
            if (!server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
                server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
