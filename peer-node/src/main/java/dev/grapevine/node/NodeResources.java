package dev.grapevine.node;

import dev.grapevine.comm.grpc.NettyThreads;
import dev.grapevine.proto.time.WorkerQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What several peers in one JVM share: the network's threads, the workers that check signatures and the threads that answer
 * clients. Close it after the peers.
 */
public final class NodeResources implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;
    private static final int MAX_SERVICE_THREADS = 64;

    private final NettyThreads network;
    private final ThreadPoolExecutor workers;
    private final ThreadPoolExecutor services;

    private NodeResources(int networkThreads, int workerThreads) {
        this.network = NettyThreads.create(networkThreads);
        this.workers = pool("grapevine-worker", workerThreads, new WorkerQueue());
        this.services = pool("grapevine-service", MAX_SERVICE_THREADS, new LinkedBlockingQueue<>());
    }

    private static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
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

    /** The network's threads. */
    public NettyThreads network() {
        return network;
    }

    /** Where signatures and blocks are checked. */
    public ExecutorService workers() {
        return workers;
    }

    /** Where clients are answered and ledgers opened; its tasks may wait for the disk. */
    public ExecutorService services() {
        return services;
    }

    @Override
    public void close() {
        workers.shutdown();
        services.shutdown();
        network.close();
    }
}
