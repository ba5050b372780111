package dev.grapevine.node.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.peer.EndorserGrpc;
import org.hyperledger.fabric.protos.peer.ProposalResponse;
import org.hyperledger.fabric.protos.peer.SignedProposal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private final BlockingQueue<StreamObserver<ProposalResponse>> underWay = new LinkedBlockingQueue<>();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void serveOneCallAtATime() throws IOException {
        EndorserGrpc.EndorserImplBase slow = new EndorserGrpc.EndorserImplBase() {
            @Override
            public void processProposal(SignedProposal request, StreamObserver<ProposalResponse> client) {
                underWay.add(client);
            }
        };
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerInterceptors.intercept(slow, new ConcurrencyLimit(1)))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void refusesWhatIsTooMuchAndServesAgainWhenThereIsRoom() throws Exception {
        var first = EndorserGrpc.newFutureStub(channel).processProposal(SignedProposal.getDefaultInstance());
        StreamObserver<ProposalResponse> client = underWay.poll(10, TimeUnit.SECONDS);

        assertThatThrownBy(() -> EndorserGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                        .processProposal(SignedProposal.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("RESOURCE_EXHAUSTED")
                .hasMessageContaining("exceeding concurrency limit (1)");

        client.onNext(ProposalResponse.getDefaultInstance());
        client.onCompleted();
        assertThat(first.get(10, TimeUnit.SECONDS)).isNotNull();
        var next = EndorserGrpc.newFutureStub(channel).processProposal(SignedProposal.getDefaultInstance());
        underWay.poll(10, TimeUnit.SECONDS).onError(new IllegalStateException("enough"));
        assertThatThrownBy(() -> next.get(10, TimeUnit.SECONDS)).hasMessageContaining("UNKNOWN");
    }
}
