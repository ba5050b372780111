package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.proto.time.Scheduler;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A stream that the other side has opened. The loop writes to its call, and Netty's thread ends it when a stranger sends too
 * much, so both take its lock for that.
 */
final class ServerStream extends GrpcStream {
    private final ServerCall<ByteString, ByteString> call;
    private final Allowance allowance;
    private boolean closed;

    ServerStream(
            ServerCall<ByteString, ByteString> call,
            Scheduler scheduler,
            Allowance allowance,
            ByteString localTlsHash) {
        super(scheduler, allowance, localTlsHash);
        this.call = call;
        this.allowance = allowance;
        identify(peerHash(call.getAttributes()), call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }

    /** Ends the call as soon as a stranger sends too much. */
    void guard() {
        allowance.onExceeded(() -> {
            Status refusal = allowance.refusal();
            closeCall(refusal);
            scheduler().execute(() -> deliverEnd(StreamEnd.overspent(String.valueOf(refusal.getDescription()))));
        });
    }

    private synchronized void closeCall(Status status) {
        if (!closed) {
            closed = true;
            call.close(status, new Metadata());
        }
    }

    /** What gRPC tells, on its own threads. */
    ServerCall.Listener<ByteString> fromGrpc() {
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(ByteString frame) {
                arrived(frame);
            }

            @Override
            public void onReady() {
                scheduler().execute(ServerStream.this::deliverReady);
            }

            @Override
            public void onHalfClose() {
                scheduler().execute(ServerStream.this::peerFinished);
            }

            @Override
            public void onCancel() {
                scheduler().execute(ServerStream.this::peerVanished);
            }
        };
    }

    private void peerFinished() {
        if (deliverEnd(StreamEnd.inOrder("closed by the peer"))) {
            closeCall(Status.OK);
        }
    }

    /** A Go client closes by cancelling its call; only a connection that is lost is an error. */
    private void peerVanished() {
        Status status = allowance.end();
        boolean cancelled = status.getCode() == Status.Code.CANCELLED;
        String detail = status.getCode() + " " + status.getDescription();
        deliverEnd(cancelled ? StreamEnd.inOrder(detail) : StreamEnd.broken(detail));
    }

    @Override
    void released() {
        // The server keeps nothing for a stream.
    }

    @Override
    boolean canSend() {
        return call.isReady();
    }

    @Override
    synchronized void write(ByteString frame) {
        if (!closed) {
            call.sendMessage(frame);
        }
    }

    @Override
    void read(int frames) {
        call.request(frames);
    }

    @Override
    void endInOrder() {
        closeCall(Status.OK);
    }

    @Override
    void endWithError(String reason) {
        closeCall(Status.ABORTED.withDescription(reason));
    }
}
