package dev.grapevine.node.deliver;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;

/**
 * Answers Deliver calls over some chains, with responses of type {@code R}.
 *
 * @param <R> the response message of the gRPC service it serves
 */
public final class DeliverService<R> {
    /** Makes the response messages of one gRPC service. */
    public interface Responses<R> {
        R status(Status status);

        R block(Block block);
    }

    private final Function<String, Optional<DeliverChain>> chains;
    private final Responses<R> responses;
    private final Limits limits;
    private final Executor executor;

    /**
     * What a request must satisfy.
     *
     * @param timeWindow how far a request's timestamp may be from our clock, either way
     * @param boundToTls whether a request must carry the hash of the client's TLS certificate
     */
    public record Limits(Clock clock, Duration timeWindow, boolean boundToTls) {}

    /**
     * Serves the chains that {@code chains} finds by name.
     *
     * @param executor where blocks are read and sent
     */
    public DeliverService(
            Function<String, Optional<DeliverChain>> chains, Responses<R> responses, Limits limits, Executor executor) {
        this.chains = chains;
        this.responses = responses;
        this.limits = limits;
        this.executor = executor;
    }

    /**
     * Serves one stream.
     *
     * @param clientCertificateHash SHA-256 of the TLS certificate the client presented; empty if it presented none
     */
    public StreamObserver<Envelope> serve(StreamObserver<R> client, Supplier<ByteString> clientCertificateHash) {
        DeliverSession<R> session = new DeliverSession<>(
                (ServerCallStreamObserver<R>) client,
                responses,
                new SeekParser(chains, limits, clientCertificateHash.get()),
                limits.clock(),
                executor);
        session.begin();
        return session;
    }
}
