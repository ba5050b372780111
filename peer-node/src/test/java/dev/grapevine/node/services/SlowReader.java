package dev.grapevine.node.services;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.peer.DeliverResponse;

/** A client that takes only as many messages as it is told to. */
final class SlowReader implements ClientResponseObserver<Envelope, DeliverResponse> {
    private final Received<DeliverResponse> received;
    private final CompletableFuture<ClientCallStreamObserver<Envelope>> call = new CompletableFuture<>();

    SlowReader(Received<DeliverResponse> received) {
        this.received = received;
    }

    void read(int messages) {
        call.join().request(messages);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Envelope> requests) {
        requests.disableAutoRequestWithInitial(0);
        call.complete(requests);
    }

    @Override
    public void onNext(DeliverResponse response) {
        received.onNext(response);
    }

    @Override
    public void onError(Throwable failure) {
        received.onError(failure);
    }

    @Override
    public void onCompleted() {
        received.onCompleted();
    }
}
