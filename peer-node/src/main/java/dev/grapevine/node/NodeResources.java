package dev.grapevine.node;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What several peers in one JVM share: Netty's event loops, the workers that check signatures and the threads that answer
 * clients. Close it after the peers.
 */
public final class NodeResources implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;
    private static final int MAX_SERVICE_THREADS = 64;

    private final EventLoopGroup network;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor services;

    private NodeResources(int networkThreads, int workerThreads) {
        this.network = new MultiThreadIoEventLoopGroup(
                networkThreads, new DefaultThreadFactory("grapevine-network", true), NioIoHandler.newFactory());
        this.workers = pool("grapevine-worker", workerThreads);
        this.services = pool("grapevine-service", MAX_SERVICE_THREADS);
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** One network thread and one worker for each processor. */
    public static NodeResources create() {
        int processors = Runtime.getRuntime().availableProcessors();
        return create(processors, processors);
    }

    /**
     * With as many threads as given.
     *
     * @throws IllegalArgumentException if one of the numbers is not positive
     */
    public static NodeResources create(int networkThreads, int workerThreads) {
        if (networkThreads < 1 || workerThreads < 1) {
            throw new IllegalArgumentException("a node needs at least one network thread and one worker, not "
                    + networkThreads + " and " + workerThreads);
        }
        return new NodeResources(networkThreads, workerThreads);
    }

    /** Netty's event loops, of gRPC's shaded Netty. */
    public EventLoopGroup network() {
        return network;
    }

    /** Where signatures and blocks are checked. */
    public ExecutorService workers() {
        return workers;
    }

    /** Where clients are answered; its tasks may wait for the disk. */
    public ExecutorService services() {
        return services;
    }

    @Override
    public void close() {
        var unused = network.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        workers.shutdown();
        services.shutdown();
    }
}
