package dev.grapevine.node.orderer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.grapevine.comm.grpc.NettyThreads;
import dev.grapevine.proto.time.EventLoop;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.OrdererStream;
import dev.grapevine.state.deliver.DeliverConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.DeliverResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real gRPC server on this machine. */
@Timeout(60)
class GrpcOrdererStreamsTest {
    private static final Envelope SEEK =
            Envelope.newBuilder().setPayload(ByteString.copyFromUtf8("seek")).build();

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final EventLoop loop = new EventLoop("loop", Runnable::run, events::add);
    private final NettyThreads network = NettyThreads.create(1);

    @AfterEach
    void stop() {
        loop.close();
        network.close();
        assertThat(network.group().isTerminated()).isTrue();
    }

    @Test
    void sendsTheSeekAndHandsOverBlocksAsTheyAreAskedForByteForByte() throws Exception {
        try (ScriptedBroadcastServer server = new ScriptedBroadcastServer(null)) {
            OrdererStream stream = open(OrdererTls.disabled(), server.endpoint());
            ScriptedBroadcastServer.Stream served = server.accept();
            assertThat(served.requests.take()).isEqualTo(SEEK);

            served.client.onNext(response(block(1)));
            served.client.onNext(response(block(2)));
            assertThat(events.take()).isEqualTo(block(1).toByteString());
            assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
            loop.execute(stream::request);

            assertThat(events.take()).isEqualTo(block(2).toByteString());
        }
    }

    @Test
    void tellsStatusAndEnd() throws Exception {
        try (ScriptedBroadcastServer server = new ScriptedBroadcastServer(null)) {
            open(OrdererTls.disabled(), server.endpoint());
            ScriptedBroadcastServer.Stream served = server.accept();

            served.client.onNext(
                    DeliverResponse.newBuilder().setStatus(Status.FORBIDDEN).build());
            served.client.onCompleted();

            assertThat(events.take()).isEqualTo(Status.FORBIDDEN);
            assertThat(events.take()).asString().contains("closed the stream: OK");
        }
    }

    @Test
    void cancellingEndsTheCallAndSilencesIt() throws Exception {
        try (ScriptedBroadcastServer server = new ScriptedBroadcastServer(null)) {
            OrdererStream stream = open(OrdererTls.disabled(), server.endpoint());
            ScriptedBroadcastServer.Stream served = server.accept();

            loop.execute(stream::cancel);

            assertThat(served.ends.take()).isEqualTo("cancelled");
            assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void aRefusedConnectionEndsTheStream() throws Exception {
        open(OrdererTls.disabled(), new OrdererEndpoint("127.0.0.1:" + unusedPort(), List.of()));

        assertThat(events.take()).asString().contains("UNAVAILABLE");
    }

    @Test
    void aServerThatNeverAnswersTheHandshakeIsGivenUpAfterTheConnectionTimeout() throws Exception {
        TestAuthority authority = new TestAuthority("tls.orderer");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            OrdererEndpoint endpoint =
                    new OrdererEndpoint("127.0.0.1:" + silent.getLocalPort(), List.of(authority.pem()));
            open(OrdererTls.oneWay(), endpoint, Duration.ofMillis(300));

            assertThat(events.take()).asString().contains("could not be reached within PT0.3S");
        }
    }

    @Test
    void aStandingConnectionMayBeSilentForLongerThanThat() throws Exception {
        try (ScriptedBroadcastServer server = new ScriptedBroadcastServer(null)) {
            open(OrdererTls.disabled(), server.endpoint(), Duration.ofSeconds(1));
            ScriptedBroadcastServer.Stream served = server.accept();

            assertThat(events.poll(1500, TimeUnit.MILLISECONDS)).isNull();
            served.client.onNext(response(block(7)));

            assertThat(events.take()).isEqualTo(block(7).toByteString());
        }
    }

    @Test
    void trustsTheRootsOfTheEndpointAndPresentsTheClientCertificate() throws Exception {
        TestAuthority authority = new TestAuthority("tls.orderer");
        TestAuthority.Issued orderer = authority.issue("orderer", "127.0.0.1");
        OrdererTls tls = OrdererTls.mutual(TestAuthority.keyManager(authority.issue("peer", "127.0.0.1")));
        try (ScriptedBroadcastServer server = new ScriptedBroadcastServer(authority.server(orderer, true))) {
            open(tls, server.endpoint(authority.pem()));

            server.accept().client.onNext(response(block(1)));

            assertThat(events.take()).isEqualTo(block(1).toByteString());
        }
    }

    @Test
    void refusesAnOrdererOfAnotherAuthority() throws Exception {
        TestAuthority authority = new TestAuthority("tls.orderer");
        TestAuthority other = new TestAuthority("tls.other");
        try (ScriptedBroadcastServer server =
                new ScriptedBroadcastServer(authority.server(authority.issue("orderer", "127.0.0.1"), false))) {
            open(OrdererTls.oneWay(), server.endpoint(other.pem()));

            assertThat(events.take()).asString().contains("UNAVAILABLE");
            assertThat(server.streams).isEmpty();
        }
    }

    @Test
    void refusesAnOrdererWhoseCertificateIsForAnotherHost() throws Exception {
        TestAuthority authority = new TestAuthority("tls.orderer");
        try (ScriptedBroadcastServer server =
                new ScriptedBroadcastServer(authority.server(authority.issue("orderer", "127.0.0.9"), false))) {
            open(OrdererTls.oneWay(), server.endpoint(authority.pem()));

            assertThat(events.take()).asString().contains("UNAVAILABLE");
            assertThat(server.streams).isEmpty();
        }
    }

    @Test
    void anEndpointThatCannotBeDialledEndsTheStream() throws Exception {
        open(OrdererTls.oneWay(), new OrdererEndpoint("127.0.0.1:7050", List.of()));
        assertThat(events.take()).asString().contains("names no TLS authority");

        open(
                OrdererTls.oneWay(),
                new OrdererEndpoint("127.0.0.1:7050", List.of(ByteString.copyFromUtf8("not a certificate"))));
        assertThat(events.take()).asString().contains("127.0.0.1:7050");
    }

    private OrdererStream open(OrdererTls tls, OrdererEndpoint endpoint) {
        return open(tls, endpoint, Duration.ofSeconds(10));
    }

    private OrdererStream open(OrdererTls tls, OrdererEndpoint endpoint, Duration timeout) {
        DeliverConfig config = DeliverConfig.defaults().withConnTimeout(timeout);
        return new GrpcOrdererStreams(loop, network, tls, config).open(endpoint, SEEK, new Recorder());
    }

    private static int unusedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A block with something in it that Fabric's schema does not know. */
    private static Block block(long number) {
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setNumber(number))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder()
                                        .addVarint(number)
                                        .build())
                        .build())
                .build();
    }

    private static DeliverResponse response(Block block) {
        return DeliverResponse.newBuilder().setBlock(block).build();
    }

    private final class Recorder implements OrdererStream.Listener {
        @Override
        public void onBlock(ByteString block) {
            record(block);
        }

        @Override
        public void onStatus(Status status) {
            record(status);
        }

        @Override
        public void onClosed(String reason) {
            record(reason);
        }

        private void record(Object event) {
            events.add(loop.inLoop() ? event : "not on the loop: " + event);
        }
    }
}
