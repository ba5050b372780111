package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.OrdererClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Submits an envelope every so often, in a thread of its own, until it is stopped. */
public final class SteadyLoad implements AutoCloseable {
    private static final ByteString DATA = ByteString.copyFrom(new byte[1000]);

    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final AtomicLong submitted = new AtomicLong();
    private final CompletableFuture<Void> done;

    private SteadyLoad(FabricNetwork network, Duration interval) {
        this.done = CompletableFuture.runAsync(() -> run(network, interval), task -> new Thread(task, "load").start());
    }

    public static SteadyLoad on(FabricNetwork network, Duration interval) {
        return new SteadyLoad(network, interval);
    }

    private void run(FabricNetwork network, Duration interval) {
        try (Connection connection = network.connectToOrderer("localhost:17050");
                OrdererClient client = new OrdererClient(connection)) {
            while (wanted.get()) {
                client.submit(FabricNetwork.CHANNEL, DATA);
                submitted.incrementAndGet();
                LockSupport.parkNanos(interval.toNanos());
            }
            client.finish();
        }
    }

    /** Envelopes so far. */
    public long submitted() {
        return submitted.get();
    }

    /**
     * Ends it, and waits until the orderer has acknowledged everything.
     *
     * @throws CommandFailure if it has refused something
     */
    public void stop() {
        wanted.set(false);
        done.join();
    }

    @Override
    public void close() {
        wanted.set(false);
    }
}
