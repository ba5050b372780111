package dev.grapevine.node.services;

import com.google.protobuf.ByteString;
import dev.grapevine.node.deliver.DeliverChain;
import dev.grapevine.node.deliver.DeliverService;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.hyperledger.fabric.protos.peer.DeliverResponse;

/** {@code protos.Deliver}: blocks and filtered blocks as they are committed. */
public final class BlockEventService extends DeliverGrpc.DeliverImplBase {
    private final DeliverService<DeliverResponse> blocks;
    private final DeliverService<DeliverResponse> filteredBlocks;
    private final Supplier<ByteString> clientCertificateHash;

    /**
     * Serves block events.
     *
     * @param chains the chains to whole blocks of which {@code event/Block} gives access
     * @param filteredChains the same chains with {@code event/FilteredBlock}
     * @param clientCertificateHash the hash of the TLS certificate of the call at hand
     */
    public BlockEventService(
            Function<String, Optional<DeliverChain>> chains,
            Function<String, Optional<DeliverChain>> filteredChains,
            DeliverService.Limits limits,
            Executor executor,
            Supplier<ByteString> clientCertificateHash) {
        this.blocks = new DeliverService<>(
                chains, responses(block -> DeliverResponse.newBuilder().setBlock(block)), limits, executor);
        this.filteredBlocks = new DeliverService<>(
                filteredChains,
                responses(block -> DeliverResponse.newBuilder().setFilteredBlock(FilteredBlocks.of(block))),
                limits,
                executor);
        this.clientCertificateHash = clientCertificateHash;
    }

    private static DeliverService.Responses<DeliverResponse> responses(Function<Block, DeliverResponse.Builder> wrap) {
        return new DeliverService.Responses<>() {
            @Override
            public DeliverResponse status(Status status) {
                return DeliverResponse.newBuilder().setStatus(status).build();
            }

            @Override
            public DeliverResponse block(Block block) {
                return wrap.apply(block).build();
            }
        };
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> client) {
        return blocks.serve(client, clientCertificateHash);
    }

    @Override
    public StreamObserver<Envelope> deliverFiltered(StreamObserver<DeliverResponse> client) {
        return filteredBlocks.serve(client, clientCertificateHash);
    }

    @Override
    public StreamObserver<Envelope> deliverWithPrivateData(StreamObserver<DeliverResponse> client) {
        client.onError(io.grpc.Status.UNIMPLEMENTED
                .withDescription("this peer holds no private data; use Deliver, or ask a peer that endorses")
                .asRuntimeException());
        return new IgnoredRequests();
    }

    /** What a client still sends on a call that was refused. */
    private static final class IgnoredRequests implements StreamObserver<Envelope> {
        @Override
        public void onNext(Envelope envelope) {
            // The call is over; gRPC drops it.
        }

        @Override
        public void onError(Throwable failure) {
            // The call is over.
        }

        @Override
        public void onCompleted() {
            // The call is over.
        }
    }
}
