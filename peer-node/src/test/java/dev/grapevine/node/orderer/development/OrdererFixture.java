package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Sha256;
import dev.grapevine.state.deliver.SeekRequest;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A development orderer behind a real gRPC server on this machine, and a client of it. */
class OrdererFixture {
    static final ChannelId CHANNEL = new ChannelId("mychannel");
    /** The time in all envelopes, so that what is made twice is the same bytes. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant STARTED = Instant.now();

    static final int TRANSACTION = 3;
    static final int CONFIG_UPDATE = 2;

    @TempDir
    Path folder;

    final SigningIdentity orderer = ModelledCrypto.identity(new MspId("OrdererMSP"), "orderer0");
    final SigningIdentity client = ModelledCrypto.identity(ModelledRules.ORG, "client");
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    DevelopmentOrderer service;
    private Server server;
    private ManagedChannel connection;

    @BeforeEach
    void start() throws Exception {
        service = new DevelopmentOrderer(folder, orderer, ModelledRules::read, Clock.systemUTC());
        service.openChannels();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(threads)
                .addService(service.service(threads, false, () -> ByteString.EMPTY))
                .build()
                .start();
        connection = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        connection.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        service.close();
    }

    /** Ends the orderer and begins it again on the same folder. */
    void restart() throws Exception {
        stop();
        start();
    }

    static Block genesis(ChannelId channel, int maxMessages) {
        ByteString payload = payload(
                channel,
                1,
                ByteString.EMPTY,
                ModelledRules.config(0, maxMessages).toByteString());
        ByteString entry = Envelope.newBuilder().setPayload(payload).build().toByteString();
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder().setDataHash(Sha256.of(entry)))
                .setData(BlockData.newBuilder().addData(entry))
                .build();
    }

    static Envelope envelope(ChannelId channel, int type, SigningIdentity sender, String content) {
        ByteString payload = payload(channel, type, sender.serialized(), ByteString.copyFromUtf8(content));
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(sender.sign(payload))
                .build();
    }

    private static ByteString payload(ChannelId channel, int type, ByteString creator, ByteString data) {
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type)
                .setChannelId(channel.name())
                .setTimestamp(Timestamp.newBuilder().setSeconds(STARTED.getEpochSecond()))
                .build();
        SignatureHeader signature =
                SignatureHeader.newBuilder().setCreator(creator).build();
        return Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(signature.toByteString()))
                .setData(data)
                .build()
                .toByteString();
    }

    Envelope seek(long first, SigningIdentity reader) {
        return SeekRequest.blocks(CHANNEL, first)
                .sign(reader, Instant.now(), ByteString.copyFrom(new byte[24]), ByteString.EMPTY);
    }

    /** What comes back on a stream; its end as a string. */
    static final class Answers<T> implements StreamObserver<T> {
        private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

        @Override
        public void onNext(T answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable failure) {
            answers.add("failed: " + failure);
        }

        @Override
        public void onCompleted() {
            answers.add("completed");
        }

        Object next() throws InterruptedException {
            Object answer = answers.poll(20, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer");
            }
            return answer;
        }

        @SuppressWarnings("unchecked")
        T answer() throws InterruptedException {
            return (T) next();
        }
    }

    AtomicBroadcastGrpc.AtomicBroadcastStub stub() {
        return AtomicBroadcastGrpc.newStub(connection);
    }
}
