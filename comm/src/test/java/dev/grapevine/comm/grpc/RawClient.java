package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A gRPC client that is not ours: it offers TLS sessions again, presents what it likes, and says what a test wants. */
final class RawClient {
    private final SslContext tls;
    private volatile @Nullable Instant sessionMade;

    /** @param own null to present no certificate */
    RawClient(TestCa trusted, @Nullable TlsCredentials own) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().trustManager(trusted.certificate());
        if (own != null) {
            builder.keyManager(new OneKey(own));
        }
        tls = GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    }

    /** Opens a stream over a connection of its own, sends one frame, and waits for the end. */
    Status say(int port, ByteString frame) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(tls)
                .build();
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCall<ByteString, ByteString> call = channel.newCall(GossipMethods.STREAM, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onHeaders(Metadata headers) {
                        rememberSession(call);
                    }

                    @Override
                    public void onMessage(ByteString message) {
                        call.request(1);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        rememberSession(call);
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(frame);
        try {
            return end.orTimeout(RealNode.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } finally {
            channel.shutdownNow();
        }
    }

    private void rememberSession(ClientCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session != null) {
            sessionMade = Instant.ofEpochMilli(session.getCreationTime());
        }
    }

    /** When the TLS session of the last connection was made: the time of an earlier connection if it was resumed. */
    Instant sessionMade() {
        return Objects.requireNonNull(sessionMade, "no connection came about");
    }
}
