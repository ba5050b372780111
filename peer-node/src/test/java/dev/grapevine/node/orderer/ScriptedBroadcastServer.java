package dev.grapevine.node.orderer;

import com.google.protobuf.ByteString;
import dev.grapevine.state.OrdererEndpoint;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.jspecify.annotations.Nullable;

/** An ordering node on this machine that leaves each stream to the test. */
final class ScriptedBroadcastServer extends AtomicBroadcastGrpc.AtomicBroadcastImplBase implements AutoCloseable {
    final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final Server server;

    /** One Deliver stream as the server sees it. */
    static final class Stream implements StreamObserver<Envelope> {
        final BlockingQueue<Envelope> requests = new LinkedBlockingQueue<>();
        final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        final ServerCallStreamObserver<DeliverResponse> client;

        Stream(ServerCallStreamObserver<DeliverResponse> client) {
            this.client = client;
            client.setOnCancelHandler(() -> ends.add("cancelled"));
        }

        @Override
        public void onNext(Envelope request) {
            requests.add(request);
        }

        @Override
        public void onError(Throwable failure) {
            ends.add("failed");
        }

        @Override
        public void onCompleted() {
            ends.add("completed");
        }
    }

    ScriptedBroadcastServer(@Nullable SslContext tls) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.server = builder.addService(this).build().start();
    }

    OrdererEndpoint endpoint(ByteString... roots) {
        return new OrdererEndpoint("127.0.0.1:" + server.getPort(), List.of(roots));
    }

    Stream accept() throws InterruptedException {
        Stream stream = streams.poll(20, TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("nobody opened a stream");
        }
        return stream;
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> client) {
        Stream stream = new Stream((ServerCallStreamObserver<DeliverResponse>) client);
        streams.add(stream);
        return stream;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
