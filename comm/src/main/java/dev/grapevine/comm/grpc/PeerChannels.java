package dev.grapevine.comm.grpc;

import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.TransportConfig;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import io.grpc.Codec;
import io.grpc.ConnectivityState;
import io.grpc.DecompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections we have opened, one per endpoint: ping, probe and stream share it, and a while after the last user has
 * left it is closed. On the loop.
 */
final class PeerChannels {
    private static final Duration LINGER = Duration.ofSeconds(10);
    private static final long LAST_WORD_MILLIS = 2000;
    private static final int MAX_PORT = 65_535;

    private final CommConfig config;
    private final NettyThreads threads;
    private final Scheduler scheduler;
    private final Map<String, PeerChannel> byEndpoint = new LinkedHashMap<>();
    private @Nullable SslContext tls;

    /** @param tls null for none */
    PeerChannels(CommConfig config, NettyThreads threads, Scheduler scheduler, @Nullable SslContext tls) {
        this.config = config;
        this.threads = threads;
        this.scheduler = scheduler;
        this.tls = tls;
    }

    /** One connection and how many use it. */
    final class PeerChannel {
        private final String endpoint;
        private final ManagedChannel channel;
        private int users;
        private boolean failed;

        private PeerChannel(String endpoint, ManagedChannel channel) {
            this.endpoint = endpoint;
            this.channel = channel;
        }

        ManagedChannel channel() {
            return channel;
        }

        /** One user less. */
        void release() {
            users--;
            if (users > 0) {
                return;
            }
            if (failed) {
                channel.shutdownNow();
            } else if (byEndpoint.get(endpoint) != this) {
                channel.shutdown();
            } else {
                scheduler.schedule(LINGER, this::closeIfUnused);
            }
        }

        /**
         * One user less, who has not got through. The next dial begins anew instead of waiting for gRPC's own back-off, unless a
         * handshake is still under way: two that are overloaded would begin handshakes for ever and finish none.
         */
        void failed() {
            if (channel.getState(false) != ConnectivityState.CONNECTING) {
                failed = true;
                byEndpoint.remove(endpoint, this);
            }
            release();
        }

        private void end() {
            if (channel.getState(false) == ConnectivityState.READY) {
                channel.shutdown();
                Future<?> unused =
                        threads.group().schedule(channel::shutdownNow, LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                channel.shutdownNow();
            }
        }

        private void closeIfUnused() {
            if (users == 0) {
                byEndpoint.remove(endpoint, this);
                channel.shutdownNow();
            }
        }
    }

    /** A connection to an endpoint, for one more user. */
    Verdict<PeerChannel> acquire(String endpoint) {
        PeerChannel open = byEndpoint.get(endpoint);
        if (open == null) {
            int colon = endpoint.lastIndexOf(':');
            int port = colon < 1 ? 0 : port(endpoint.substring(colon + 1));
            if (port == 0) {
                return Verdict.rejected("bad-endpoint", "'" + endpoint + "' is not host:port");
            }
            open = new PeerChannel(endpoint, connect(endpoint.substring(0, colon), port));
            byEndpoint.put(endpoint, open);
        }
        open.users++;
        return Verdict.accepted(open);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > MAX_PORT ? 0 : Math.max(0, port);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private ManagedChannel connect(String host, int port) {
        TransportConfig transport = config.transport();
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port)
                .eventLoopGroup(threads.group())
                .channelType(threads.client())
                .directExecutor()
                .disableRetry()
                .disableServiceConfigLookUp()
                .proxyDetector(address -> null)
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.dialTimeout().toMillis())
                .maxInboundMessageSize(transport.maxMessageBytes())
                .flowControlWindow(transport.flowControlWindow())
                .keepAliveTime(transport.clientKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(transport.clientKeepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true);
        return (tls == null ? builder.usePlaintext() : builder.sslContext(tls)).build();
    }

    /** Opens new connections with another context; those that are open end with their last user. */
    void replaceTls(SslContext context) {
        tls = context;
        Map<String, PeerChannel> before = new LinkedHashMap<>(byEndpoint);
        byEndpoint.clear();
        before.values().stream().filter(open -> open.users == 0).forEach(unused -> unused.channel.shutdownNow());
    }

    /** Takes no more calls. Those under way, which have said their last word, get a moment for it to leave. */
    void close() {
        byEndpoint.values().forEach(PeerChannel::end);
        byEndpoint.clear();
    }
}
