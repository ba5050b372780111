package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.proto.time.Scheduler;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes inbound streams from gRPC and hands them over on the loop. */
final class ServerStreams implements ServerCallHandler<ByteString, ByteString> {
    private final Scheduler scheduler;
    private final ByteString ownTlsHash;
    private final int readyThreshold;
    private volatile @Nullable Consumer<FrameStream> acceptor;

    ServerStreams(Scheduler scheduler, ByteString ownTlsHash, int readyThreshold) {
        this.scheduler = scheduler;
        this.ownTlsHash = ownTlsHash;
        this.readyThreshold = readyThreshold;
    }

    /** @param newAcceptor null to refuse streams */
    void accept(@Nullable Consumer<FrameStream> newAcceptor) {
        acceptor = newAcceptor;
    }

    @Override
    public ServerCall.Listener<ByteString> startCall(ServerCall<ByteString, ByteString> call, Metadata headers) {
        Consumer<FrameStream> to = acceptor;
        Allowance allowance = Allowance.OF_CALL.get();
        if (to == null || allowance == null) {
            String why = to == null ? "not accepting gossip" : "the server lacks gossip's stream tracer";
            call.close(Status.UNAVAILABLE.withDescription(why), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        call.setOnReadyThreshold(readyThreshold);
        call.sendHeaders(new Metadata());
        ServerStream stream = new ServerStream(call, scheduler, allowance, ownTlsHash);
        scheduler.execute(() -> to.accept(stream));
        stream.guard();
        return stream.fromGrpc();
    }
}
