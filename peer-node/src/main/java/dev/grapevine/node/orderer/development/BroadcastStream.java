package dev.grapevine.node.orderer.development;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jspecify.annotations.Nullable;

/**
 * One Broadcast call. Envelopes are admitted on gRPC's threads and answered on the orderer's, in the order they came; the
 * first refusal ends the call, as with Fabric's orderers. As answers wait for the disk, a client may have many envelopes under
 * way; beyond the limits here it is not read from.
 */
final class BroadcastStream implements StreamObserver<Envelope> {
    private static final int MAX_UNDER_WAY = 1024;
    private static final long MAX_BYTES_UNDER_WAY = 32L << 20;

    private final ServerCallStreamObserver<BroadcastResponse> client;
    private final Admission admission;
    private final Executor thread;

    // Only the orderer's thread touches these.
    private final Deque<Slot> underWay = new ArrayDeque<>();
    private long bytes;
    private boolean requested;
    private boolean noMore;
    private boolean ended;

    /** Where envelopes go. */
    interface Admission {
        /**
         * Admits an envelope, on the thread of the caller.
         *
         * @return puts it in order, on the orderer's thread; the argument is told the answer there
         */
        Ordering admit(Envelope envelope);
    }

    /** The second half of an admission. */
    interface Ordering {
        void order(Consumer<BroadcastResponse> answer);
    }

    private static final class Slot {
        private final int size;
        private @Nullable BroadcastResponse answer;

        Slot(int size) {
            this.size = size;
        }
    }

    BroadcastStream(ServerCallStreamObserver<BroadcastResponse> client, Admission admission, Executor thread) {
        this.client = client;
        this.admission = admission;
        this.thread = thread;
    }

    void begin() {
        client.disableAutoRequest();
        client.setOnReadyHandler(() -> thread.execute(this::requestIfRoom));
        client.setOnCancelHandler(() -> thread.execute(() -> ended = true));
        thread.execute(this::requestIfRoom);
    }

    @Override
    public void onNext(Envelope envelope) {
        Ordering ordering = admission.admit(envelope);
        thread.execute(() -> take(ordering, envelope.getSerializedSize()));
    }

    @Override
    public void onError(Throwable failure) {
        thread.execute(() -> ended = true);
    }

    @Override
    public void onCompleted() {
        thread.execute(() -> {
            noMore = true;
            flush();
        });
    }

    private void take(Ordering ordering, int size) {
        requested = false;
        if (ended) {
            return;
        }
        Slot slot = new Slot(size);
        underWay.add(slot);
        bytes += size;
        ordering.order(answer -> {
            slot.answer = answer;
            flush();
        });
        requestIfRoom();
    }

    private void requestIfRoom() {
        boolean room = underWay.size() < MAX_UNDER_WAY && bytes < MAX_BYTES_UNDER_WAY && client.isReady();
        if (room && !requested && !ended) {
            requested = true;
            client.request(1);
        }
    }

    private void flush() {
        while (!ended && !underWay.isEmpty()) {
            BroadcastResponse answer = underWay.element().answer;
            if (answer == null) {
                break;
            }
            bytes -= underWay.remove().size;
            client.onNext(answer);
            if (answer.getStatus() != Status.SUCCESS) {
                complete();
            }
        }
        if (noMore && underWay.isEmpty()) {
            complete();
        }
        requestIfRoom();
    }

    private void complete() {
        if (!ended) {
            ended = true;
            client.onCompleted();
        }
    }
}
