package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;

/**
 * Answers pings at once, on gRPC's own threads: a Fabric peer pings before every dial, and no answer means dead. Anybody may
 * ping, so a request that is not nearly empty ends the call.
 */
final class PingService implements ServerCallHandler<ByteString, ByteString> {
    @Override
    public ServerCall.Listener<ByteString> startCall(ServerCall<ByteString, ByteString> call, Metadata headers) {
        Ping ping = new Ping(call);
        Allowance allowance = Allowance.OF_CALL.get();
        if (allowance != null) {
            allowance.onExceeded(() -> ping.end(allowance.refusal()));
        }
        call.request(1);
        return ping;
    }

    /** One ping. */
    private static final class Ping extends ServerCall.Listener<ByteString> {
        private final ServerCall<ByteString, ByteString> call;
        private boolean ended;

        Ping(ServerCall<ByteString, ByteString> call) {
            this.call = call;
        }

        @Override
        public synchronized void onHalfClose() {
            if (!ended) {
                call.sendHeaders(new Metadata());
                call.sendMessage(ByteString.EMPTY);
                end(Status.OK);
            }
        }

        synchronized void end(Status status) {
            if (!ended) {
                ended = true;
                call.close(status, new Metadata());
            }
        }
    }
}
