package dev.grapevine.comm.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger may send. gRPC collects a whole message before anybody sees it, so thirty anonymous streams with an
 * unfinished message of 95 MB each would hold gigabytes. Counted while the bytes come in, on Netty's threads, where the call
 * is ended at once.
 */
final class Allowance {
    static final Context.Key<Allowance> OF_CALL = Context.key("grapevine-allowance");

    private final long limit;
    private volatile boolean lifted;
    private volatile Status end = Status.OK;
    private volatile boolean exceeded;
    private volatile @Nullable Runnable onExceeded;
    private long spent;

    Allowance(long limit) {
        this.limit = limit;
    }

    /** The peer has proven who it is. */
    void lift() {
        lifted = true;
    }

    /** Sets what ends the call once a stranger has sent too much; at once if that has happened before. */
    void onExceeded(Runnable endCall) {
        onExceeded = endCall;
        if (exceeded) {
            endCall.run();
        }
    }

    /** What the stranger is told. */
    Status refusal() {
        return Status.RESOURCE_EXHAUSTED.withDescription("more than " + limit + " bytes before the handshake");
    }

    /** How the stream ended, as far as gRPC has said. */
    Status end() {
        return end;
    }

    private void spend(long bytes) {
        if (lifted || exceeded) {
            return;
        }
        spent += bytes;
        if (spent > limit) {
            exceeded = true;
            Runnable endCall = onExceeded;
            if (endCall != null) {
                endCall.run();
            }
        }
    }

    ServerStreamTracer ofServer() {
        return new ServerStreamTracer() {
            @Override
            public Context filterContext(Context context) {
                return context.withValue(OF_CALL, Allowance.this);
            }

            @Override
            public void inboundWireSize(long bytes) {
                spend(bytes);
            }

            @Override
            public void streamClosed(Status status) {
                end = status;
            }
        };
    }

    ClientStreamTracer ofClient() {
        return new ClientStreamTracer() {
            @Override
            public void inboundWireSize(long bytes) {
                spend(bytes);
            }
        };
    }
}
