package dev.grapevine.node.services;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client is sent, one after the other: messages, then the status that ends the call. */
final class Received<T> implements StreamObserver<T> {
    private static final long PATIENCE_SECONDS = 20;
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    @Override
    public void onNext(T message) {
        events.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        events.add(Status.fromThrowable(failure).getCode());
    }

    @Override
    public void onCompleted() {
        events.add(Status.Code.OK);
    }

    Object next() {
        try {
            Object event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing received");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
