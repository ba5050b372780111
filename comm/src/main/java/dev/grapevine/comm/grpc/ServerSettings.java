package dev.grapevine.comm.grpc;

import dev.grapevine.comm.TransportConfig;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.util.concurrent.TimeUnit;

/** Fabric's settings of a peer's gRPC server. */
final class ServerSettings {
    private ServerSettings() {}

    /** Compression is off as in Fabric: a small compressed message could unfold to any size. */
    static void apply(NettyServerBuilder builder, TransportConfig config) {
        builder.maxInboundMessageSize(config.maxMessageBytes())
                .flowControlWindow(config.flowControlWindow())
                .keepAliveTime(config.serverKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(config.serverKeepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(config.permittedKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .handshakeTimeout(config.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false));
    }
}
