package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import dev.grapevine.node.deliver.DeliverService;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;

/** {@code orderer.AtomicBroadcast}. */
final class OrdererService extends AtomicBroadcastGrpc.AtomicBroadcastImplBase {
    private final BroadcastStream.Admission admission;
    private final Executor thread;
    private final DeliverService<DeliverResponse> blocks;
    private final Supplier<ByteString> clientCertificateHash;

    OrdererService(
            BroadcastStream.Admission admission,
            Executor thread,
            DeliverService<DeliverResponse> blocks,
            Supplier<ByteString> clientCertificateHash) {
        this.admission = admission;
        this.thread = thread;
        this.blocks = blocks;
        this.clientCertificateHash = clientCertificateHash;
    }

    @Override
    public StreamObserver<Envelope> broadcast(StreamObserver<BroadcastResponse> client) {
        BroadcastStream stream =
                new BroadcastStream((ServerCallStreamObserver<BroadcastResponse>) client, admission, thread);
        stream.begin();
        return stream;
    }

    @Override
    public StreamObserver<Envelope> deliver(StreamObserver<DeliverResponse> client) {
        return blocks.serve(client, clientCertificateHash);
    }

    /** How blocks and statuses are put for this service. */
    static final class Messages implements DeliverService.Responses<DeliverResponse> {
        @Override
        public DeliverResponse status(Status status) {
            return DeliverResponse.newBuilder().setStatus(status).build();
        }

        @Override
        public DeliverResponse block(Block block) {
            return DeliverResponse.newBuilder().setBlock(block).build();
        }
    }
}
