package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.Transport;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gossip over gRPC and TLS, as Fabric's. It owns its outbound connections, not the server: {@link #configure} prepares the
 * node's one server builder, {@link #service} is to be added to it.
 */
public final class GrpcTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcTransport.class);

    private final CommConfig config;
    private final Scheduler scheduler;
    private final @Nullable TlsSettings tls;
    private final @Nullable ClientTrust clientTrust;
    private final PeerChannels channels;
    private final ServerStreams inbound;
    private boolean closed;

    private GrpcTransport(CommConfig config, NettyThreads threads, Scheduler scheduler, @Nullable TlsSettings tls) {
        this.config = config;
        this.scheduler = scheduler;
        this.tls = tls;
        this.clientTrust = tls == null
                ? null
                : new ClientTrust(tls.clientAuthRequired(), tls.trust().clients());
        SslContext context = tls == null ? null : TlsContexts.client(tls.client(), tls.trust());
        this.channels = new PeerChannels(config, threads, scheduler, context);
        this.inbound = new ServerStreams(
                scheduler, tlsCertificateHash(), config.transport().readyThreshold());
    }

    /** A transport with TLS, the only one fit for a network. */
    public static GrpcTransport secured(CommConfig config, TlsSettings tls, NettyThreads threads, Scheduler scheduler) {
        return new GrpcTransport(config, threads, scheduler, tls);
    }

    /** A transport that anybody on the way can read, change and replay. For development. */
    public static GrpcTransport withoutTls(CommConfig config, NettyThreads threads, Scheduler scheduler) {
        LOG.warn("TLS is off: everybody on the network can read and forge what this peer gossips. "
                + "Set peer.tls.enabled=true");
        return new GrpcTransport(config, threads, scheduler, null);
    }

    /**
     * Sets what gossip needs on the node's server: TLS, keepalive, message size, flow control, no compression, and the
     * tracer that bounds what strangers send. Calls of gossip are taken on Netty's threads, because all they do there is to
     * hand a frame to the loop; those of other services on {@code services}. The caller sets address and threads.
     */
    public void configure(NettyServerBuilder builder, Executor services) {
        ServerSettings.apply(builder, config.transport());
        builder.directExecutor().callExecutor(new ExecutorOfCall(services));
        builder.addStreamTracerFactory(new StrangerTracers());
        if (tls != null && clientTrust != null) {
            builder.sslContext(TlsContexts.server(tls, clientTrust));
        }
    }

    /** The {@code gossip.Gossip} service. */
    public ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(GossipMethods.SERVICE)
                .addMethod(GossipMethods.STREAM, inbound)
                .addMethod(GossipMethods.PING, new PingService())
                .build();
    }

    /**
     * Judges every connection from now on by another pool. Open ones stay: whoever must go is for the identity check to
     * say.
     */
    public void updateTrust(TlsTrust trust) {
        if (tls == null || clientTrust == null) {
            return;
        }
        clientTrust.update(trust.clients());
        channels.replaceTls(TlsContexts.client(tls.client(), trust));
    }

    @Override
    public void start(Consumer<FrameStream> acceptor) {
        inbound.accept(acceptor);
    }

    @Override
    public void ping(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<Boolean>> done) {
        reach(endpoint, timeout.plus(pingTimeout), reached -> {
            reached.accepted().ifPresent(PeerChannels.PeerChannel::release);
            done.accept(reached.map(channel -> true));
        });
    }

    @Override
    public void dial(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<FrameStream>> done) {
        reach(endpoint, timeout.plus(pingTimeout), reached -> done.accept(reached.map(this::open)));
    }

    private void reach(String endpoint, Duration timeout, Consumer<Verdict<PeerChannels.PeerChannel>> done) {
        Verdict<PeerChannels.PeerChannel> acquired =
                closed ? Verdict.rejected("stopped", "the transport is closed") : channels.acquire(endpoint);
        if (!acquired.isAccepted()) {
            scheduler.execute(() -> done.accept(acquired));
            return;
        }
        PeerChannels.PeerChannel channel = acquired.value();
        ClientCall<ByteString, ByteString> call = channel.channel()
                .newCall(
                        GossipMethods.PING,
                        CallOptions.DEFAULT
                                .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                                .withMaxInboundMessageSize(config.limits().handshakeBytes()));
        ClientCalls.asyncUnaryCall(
                call,
                ByteString.EMPTY,
                new PingAnswer(failure -> scheduler.execute(() -> {
                    if (failure == null) {
                        done.accept(acquired);
                    } else {
                        channel.failed();
                        String reason = isRefused(failure) ? REFUSED : "unreachable";
                        done.accept(Verdict.rejected(reason, endpoint + ": " + Reasons.of(failure)));
                    }
                })));
    }

    /** A port nobody listens at answers at once; a host that is down, cut off or overloaded does not. */
    private static boolean isRefused(Status failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    && String.valueOf(cause.getMessage()).contains("refused")) {
                return true;
            }
        }
        return false;
    }

    private FrameStream open(PeerChannels.PeerChannel channel) {
        Allowance allowance = new Allowance(config.limits().handshakeBytes());
        CallOptions options = CallOptions.DEFAULT
                .withOnReadyThreshold(config.transport().readyThreshold())
                .withStreamTracerFactory(new ClientStreamTracer.Factory() {
                    @Override
                    public ClientStreamTracer newClientStreamTracer(
                            ClientStreamTracer.StreamInfo info, Metadata headers) {
                        return allowance.ofClient();
                    }
                });
        ByteString ownHash = tls == null ? ByteString.EMPTY : tls.client().hash();
        ClientStream stream = new ClientStream(
                channel.channel().newCall(GossipMethods.STREAM, options),
                scheduler,
                allowance,
                ownHash,
                channel::release);
        stream.start(allowance);
        return stream;
    }

    @Override
    public void close() {
        closed = true;
        inbound.accept(null);
        channels.close();
    }

    @Override
    public ByteString tlsCertificateHash() {
        return tls == null ? ByteString.EMPTY : tls.server().hash();
    }

    /** Where a call is served. */
    private record ExecutorOfCall(Executor services) implements ServerCallExecutorSupplier {
        @Override
        public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
            return GossipMethods.SERVICE.equals(call.getMethodDescriptor().getServiceName()) ? Runnable::run : services;
        }
    }

    /** Gives every call of the gossip service its allowance; others are none of our business. */
    private final class StrangerTracers extends ServerStreamTracer.Factory {
        @Override
        public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
            return method.startsWith(GossipMethods.SERVICE + "/")
                    ? new Allowance(config.limits().handshakeBytes()).ofServer()
                    : new ServerStreamTracer() {};
        }
    }

    /** Told on one of Netty's threads; what matters is only whether an answer came. */
    private record PingAnswer(Consumer<@Nullable Status> done) implements StreamObserver<ByteString> {
        @Override
        public void onNext(ByteString nothing) {
            // The answer is an empty message.
        }

        @Override
        public void onError(Throwable failure) {
            done.accept(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            done.accept(null);
        }
    }
}
