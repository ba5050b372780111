package dev.grapevine.node.orderer;

import dev.grapevine.comm.grpc.NettyThreads;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import dev.grapevine.state.deliver.DeliverConfig;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Envelope;

/**
 * Opens Deliver streams over gRPC. Each has a connection of its own, as a stream lives for hours and ends with its connection.
 */
public final class GrpcOrdererStreams implements OrdererStream.Source {
    /** Largest message taken, in bytes; Fabric's. */
    private static final int MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

    /** What an ordering node may send ahead of our reading, in bytes: a few blocks of usual size. */
    private static final int FLOW_CONTROL_WINDOW = 4 * 1024 * 1024;

    private final Scheduler loop;
    private final NettyThreads network;
    private final OrdererTls tls;
    private final DeliverConfig config;

    /**
     * @param loop where listeners are told
     * @param network Netty's threads, shared with the rest of the node and not closed here
     */
    public GrpcOrdererStreams(Scheduler loop, NettyThreads network, OrdererTls tls, DeliverConfig config) {
        this.loop = loop;
        this.network = network;
        this.tls = tls;
        this.config = config;
    }

    @Override
    public OrdererStream open(OrdererEndpoint endpoint, Envelope seek, OrdererStream.Listener listener) {
        try {
            GrpcOrdererStream stream = new GrpcOrdererStream(channel(endpoint), endpoint, loop, listener);
            stream.start(seek, config.connTimeout());
            return stream;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return failed(endpoint + ": " + e.getMessage(), listener);
        }
    }

    private OrdererStream failed(String why, OrdererStream.Listener listener) {
        Scheduler.Timer told = loop.schedule(Duration.ZERO, () -> listener.onClosed(why));
        return new OrdererStream() {
            @Override
            public void request() {
                // It has failed already; the listener hears so in a moment.
            }

            @Override
            public void cancel() {
                told.cancel();
            }
        };
    }

    private ManagedChannel channel(OrdererEndpoint endpoint) throws GeneralSecurityException, IOException {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + endpoint.address())
                .eventLoopGroup(network.group())
                .channelType(network.client())
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .keepAliveTime(config.keepaliveInterval().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(config.keepaliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .disableRetry();
        if (tls.enabled()) {
            builder.sslContext(tls.contextFor(endpoint));
        } else {
            builder.usePlaintext();
        }
        return builder.build();
    }
}
