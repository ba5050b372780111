package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.proto.time.Scheduler;
import io.grpc.Attributes;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;

/** A stream that we have opened. */
final class ClientStream extends GrpcStream {
    /** How long the other side may take to end a stream that we have closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ClientCall<ByteString, ByteString> call;
    private final Runnable released;
    private boolean identified;
    private volatile boolean finished;

    /** @param released told once when the stream no longer needs its connection */
    ClientStream(
            ClientCall<ByteString, ByteString> call,
            Scheduler scheduler,
            Allowance allowance,
            ByteString localTlsHash,
            Runnable released) {
        super(scheduler, allowance, localTlsHash);
        this.call = call;
        this.released = released;
    }

    void start(Allowance allowance) {
        allowance.onExceeded(() -> call.cancel(allowance.refusal().getDescription(), null));
        call.start(fromGrpc(), new Metadata());
    }

    /** What gRPC tells, on its own threads. */
    private ClientCall.Listener<ByteString> fromGrpc() {
        return new ClientCall.Listener<>() {
            @Override
            public void onMessage(ByteString frame) {
                arrived(frame);
            }

            @Override
            public void onReady() {
                scheduler().execute(ClientStream.this::deliverReady);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                finished = true;
                String detail = status.getCode() + " " + status.getDescription();
                StreamEnd end = status.isOk() ? StreamEnd.inOrder(detail) : StreamEnd.broken(detail);
                scheduler().execute(() -> deliverEnd(end));
            }
        };
    }

    /** A client knows its connection's certificates only when something has come over it. */
    @Override
    void arriving() {
        if (!identified) {
            identified = true;
            Attributes attributes = call.getAttributes();
            identify(peerHash(attributes), attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        }
    }

    @Override
    void released() {
        released.run();
    }

    @Override
    boolean canSend() {
        return call.isReady();
    }

    @Override
    void write(ByteString frame) {
        call.sendMessage(frame);
    }

    @Override
    void read(int frames) {
        call.request(frames);
    }

    @Override
    void endInOrder() {
        call.halfClose();
        scheduler().schedule(PATIENCE, () -> {
            if (!finished) {
                call.cancel("closed", null);
            }
        });
    }

    @Override
    void endWithError(String reason) {
        call.cancel(reason, null);
    }
}
