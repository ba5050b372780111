package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jspecify.annotations.Nullable;

/**
 * Submits envelopes to an ordering service over one Broadcast stream. At most {@value #MAX_IN_FLIGHT} envelopes are
 * unacknowledged, and nothing is written while the stream's window is full. One thread submits; the counts may be read from any.
 */
public final class OrdererClient implements AutoCloseable {
    private static final int MAX_IN_FLIGHT = 256;
    private static final long PATIENCE_SECONDS = 60;

    private final Connection connection;
    private final BroadcastStream stream = new BroadcastStream();

    /** Opens the stream; the connection stays the caller's. */
    public OrdererClient(Connection connection) {
        this.connection = connection;
        AtomicBroadcastGrpc.newStub(connection.channel()).broadcast(stream);
    }

    /**
     * Signs and sends one envelope, waiting for room first.
     *
     * @throws CommandFailure if the ordering service refused one, or went away
     */
    public void submit(String channel, ByteString data) {
        stream.send(connection.envelope(HeaderType.MESSAGE, channel, data));
    }

    /**
     * Waits until everything sent is acknowledged.
     *
     * @throws CommandFailure if the ordering service refused one, or went away
     */
    public void finish() {
        stream.awaitAll();
    }

    /** Envelopes that the ordering service has accepted. */
    public long acknowledged() {
        return stream.acknowledged();
    }

    @Override
    public void close() {
        stream.cancel();
    }

    private static final class BroadcastStream implements ClientResponseObserver<Envelope, BroadcastResponse> {
        private @Nullable ClientCallStreamObserver<Envelope> requests;
        private @Nullable String failure;
        private int inFlight;
        private long acknowledged;

        @Override
        public synchronized void beforeStart(ClientCallStreamObserver<Envelope> opened) {
            requests = opened;
            opened.setOnReadyHandler(this::wake);
        }

        private synchronized void wake() {
            notifyAll();
        }

        synchronized void send(Envelope envelope) {
            ClientCallStreamObserver<Envelope> open = Objects.requireNonNull(requests);
            await(() -> inFlight < MAX_IN_FLIGHT && open.isReady());
            inFlight++;
            open.onNext(envelope);
        }

        synchronized void awaitAll() {
            await(() -> inFlight == 0);
        }

        /** Waits for room or answers, but not for somebody who makes no progress. */
        private void await(BooleanSupplier condition) {
            long seen = acknowledged;
            long deadline = deadline();
            try {
                while (failure == null && !condition.getAsBoolean()) {
                    deadline = acknowledged == seen ? deadline : deadline();
                    seen = acknowledged;
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0) {
                        fail("it has answered nothing for " + PATIENCE_SECONDS + " s");
                    } else {
                        wait(left);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted");
            }
            if (failure != null) {
                throw new CommandFailure(
                        "the ordering service accepted " + acknowledged + " envelopes, then: " + failure);
            }
        }

        private static long deadline() {
            return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        }

        synchronized long acknowledged() {
            return acknowledged;
        }

        @Override
        public synchronized void onNext(BroadcastResponse response) {
            inFlight--;
            if (response.getStatus() == Status.SUCCESS) {
                acknowledged++;
            } else {
                fail("refused with " + response.getStatus() + ": " + response.getInfo());
            }
            notifyAll();
        }

        @Override
        public synchronized void onError(Throwable broken) {
            fail("the stream broke: " + broken.getMessage());
        }

        @Override
        public synchronized void onCompleted() {
            fail("it ended the stream");
        }

        /** The first reason counts; what follows is its consequence. */
        private void fail(String why) {
            failure = failure == null ? why : failure;
            notifyAll();
        }

        synchronized void cancel() {
            if (requests != null) {
                requests.cancel("done", null);
            }
        }
    }
}
