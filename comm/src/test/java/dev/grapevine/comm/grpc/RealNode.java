package dev.grapevine.comm.grpc;

import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.CountingMeters;
import dev.grapevine.comm.GossipComm;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.EventLoop;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node on 127.0.0.1 with real gRPC, TLS and threads. */
final class RealNode implements AutoCloseable {
    static final MspId ORG = new MspId("OrgMSP");

    /** Long enough for the slowest machine; nothing waits this long unless something is broken. */
    static final long PATIENCE_SECONDS = 20;

    final SigningIdentity identity;
    final CountingMeters meters = new CountingMeters();
    final BlockingQueue<ReceivedMessage> received = new LinkedBlockingQueue<>();
    final BlockingQueue<PkiId> dead = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    final EventLoop loop;
    final GrpcTransport transport;
    final GossipComm comm;
    private final Server server;
    private final int port;

    RealNode(String name, CommConfig config, @Nullable TlsSettings tls, NettyThreads threads) {
        identity = ModelledCrypto.identity(ORG, name);
        loop = new EventLoop(name, ForkJoinPool.commonPool(), failures::add);
        transport = tls == null
                ? GrpcTransport.withoutTls(config, threads, loop)
                : GrpcTransport.secured(config, tls, threads, loop);
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .bossEventLoopGroup(threads.group())
                .workerEventLoopGroup(threads.group())
                .channelType(threads.server())
                .addService(transport.service());
        transport.configure(
                builder,
                other -> failures.add(new AssertionError("gossip needs no thread of the services for clients")));
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        port = server.getPort();
        comm = call(() -> newComm(config));
    }

    private GossipComm newComm(CommConfig config) {
        IdentityStore identities = new IdentityStore(new ModelledCrypto(ORG), identity, 1000, loop.wallTime());
        GossipComm created = new GossipComm(
                config, transport, identity, identities, loop, loop, new RejectionLog(loop, meters), meters);
        created.onMessage(received::add);
        created.onPresumedDead(dead::add);
        created.start();
        return created;
    }

    RemotePeer peer() {
        return new RemotePeer("127.0.0.1:" + port, identity.pkiId());
    }

    int port() {
        return port;
    }

    void send(SignedGossipMessage message, RealNode to) {
        loop.execute(() -> comm.send(message, to.peer()));
    }

    /** Runs something on the loop and waits for it. */
    <T> T call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> result.complete(task.get()));
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Starts something on the loop that tells its outcome later, and waits for that. */
    <T> T await(Consumer<Consumer<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> task.accept(result::complete));
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    ReceivedMessage next() throws InterruptedException {
        ReceivedMessage message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing was received");
        }
        return message;
    }

    /** A counter, after everything that is on the loop now. */
    long counted(String key) {
        return call(() -> meters.count(key));
    }

    boolean isLinkedWith(RealNode other) {
        return call(() -> comm.connection(other.identity.pkiId()).isPresent());
    }

    /** Ends as a process that is killed. */
    @Override
    public void close() {
        call(() -> {
            comm.stop();
            return true;
        });
        server.shutdownNow();
        loop.close();
    }
}
