package dev.grapevine.node.services;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Refuses calls of a service beyond so many at once, as {@code peer.limits.concurrency.*} demands. */
public final class ConcurrencyLimit implements ServerInterceptor {
    private final int limit;
    private final Semaphore free;

    /** @param limit calls under way at once, at least 1 */
    public ConcurrencyLimit(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!free.tryAcquire()) {
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("too many requests for "
                            + call.getMethodDescriptor().getFullMethodName() + ", exceeding concurrency limit (" + limit
                            + ")"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        AtomicBoolean under = new AtomicBoolean(true);
        Runnable done = () -> {
            if (under.getAndSet(false)) {
                free.release();
            }
        };
        try {
            return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
                @Override
                public void onComplete() {
                    done.run();
                    super.onComplete();
                }

                @Override
                public void onCancel() {
                    done.run();
                    super.onCancel();
                }
            };
        } catch (RuntimeException e) {
            done.run();
            throw e;
        }
    }
}
