package dev.grapevine.node;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.ConfigChange;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.SignedEnvelope;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.metrics.PrometheusMeters;
import dev.grapevine.node.orderer.development.DevelopmentOrderer;
import dev.grapevine.node.orderer.development.OrdererServer;
import dev.grapevine.proto.ChannelId;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/** Organisations, an ordering service and peers, all in this JVM and connected by mutual TLS over the loopback interface. */
final class TestNetwork implements AutoCloseable {
    static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final ChannelProfile.Batch ONE_EACH =
            new ChannelProfile.Batch(1, 10 << 20, 2 << 20, Duration.ofSeconds(1));
    private static final int PEERS = 5;

    final TestOrganisation org1;
    final TestOrganisation org2;
    final Block genesis;
    private final Path folder;
    private final TestOrganisation ordering;
    private final NodeResources resources = NodeResources.create(2, 2);
    private final PrometheusMeters meters = new PrometheusMeters();
    private final String ordererAddress;
    private final OrdererServer orderer;
    private final ManagedChannel toOrderer;
    private final List<GossipPeer> started = new ArrayList<>();

    /** Org1 is in the channel, Org2 is not. */
    TestNetwork(Path folder) throws IOException {
        this.folder = folder;
        org1 = TestOrganisation.peers("Org1", PEERS, folder);
        org2 = TestOrganisation.peers("Org2", 1, folder);
        ordering = TestOrganisation.orderers(folder);
        ordererAddress = freeAddress();
        genesis = genesis(CHANNEL, List.of(org1.asPeers()));
        orderer = startOrderer();
        toOrderer = NettyChannelBuilder.forTarget(ordererAddress)
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(TestOrganisation.tls(user()).keyManager())
                        .trustManager(ordering.tlsRoots())
                        .build())
                .build();
    }

    /** The genesis block of a channel. */
    Block genesis(ChannelId channel, List<ChannelProfile.Organisation> organisations) {
        return GenesisBlock.of(
                ChannelProfile.of(channel, organisations, List.of(ordering.asOrderers(ordererAddress)), Instant.now())
                        .withBatch(ONE_EACH));
    }

    private OrdererServer startOrderer() throws IOException {
        MemberMaterial node = ordering.material().nodes().get(0);
        List<X509Certificate> clientRoots = new ArrayList<>(org1.tlsRoots());
        clientRoots.addAll(org2.tlsRoots());
        DevelopmentOrderer service = DevelopmentOrderer.open(
                folder.resolve("orderer"), ordering.identity(node), SignatureProvider.fastest());
        service.join(genesis);
        return OrdererServer.start(
                service,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf(ordererAddress)),
                Optional.of(new OrdererServer.Tls(TestOrganisation.tls(node), clientRoots)),
                resources);
    }

    /** An address nobody listens on at the moment. */
    static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    MemberMaterial user() {
        return org1.material().users().get(0);
    }

    /** Options of an organisation's peer, to be found through the bootstrap peers. */
    PeerOptions options(TestOrganisation organisation, MemberMaterial peer, String address, String... bootstrap) {
        Path files = organisation.folder(peer);
        return PeerOptions.embedded(
                        files.resolve("msp"), organisation.mspId(), address, folder.resolve("storage-" + peer.name()))
                .withTls(files.resolve("tls"))
                .withSettings(settings -> QuickSettings.of(settings, bootstrap));
    }

    PeerOptions options(int peer, String address, String... bootstrap) {
        return options(org1, org1.material().nodes().get(peer), address, bootstrap);
    }

    /** A running peer; stopped with the network if it is not before. */
    GossipPeer start(PeerOptions options) {
        GossipPeer peer = GossipPeer.create(options, resources, meters);
        started.add(peer);
        peer.start().join();
        return peer;
    }

    /** So many running peers of Org1, joined to the channel. */
    List<GossipPeer> startMembers(int count) throws IOException {
        String first = freeAddress();
        List<GossipPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GossipPeer peer = start(options(i, i == 0 ? first : freeAddress(), first));
            peer.join(genesis).join().value();
            peers.add(peer);
        }
        return peers;
    }

    /** Has a transaction ordered; it becomes a block of its own. */
    void submit(String content) {
        submit(SignedEnvelope.of(
                CHANNEL, HeaderType.ENDORSER_TRANSACTION, ByteString.copyFromUtf8(content), org1.identity(user())));
    }

    /** Has a change of Org1's configuration ordered, signed by the administrators of all organisations. */
    void submit(ChannelConfig current, ChannelProfile.Organisation changed) {
        Block wanted = genesis(CHANNEL, List.of(changed));
        ChannelConfig next =
                ChannelConfig.ofBlock(wanted, SignatureProvider.fastest()).value();
        submit(ConfigChange.between(current, next.message().getChannelGroup())
                .signedBy(List.of(
                        org1.identity(org1.material().admin()),
                        ordering.identity(ordering.material().admin()))));
    }

    private void submit(Envelope envelope) {
        CompletableFuture<BroadcastResponse> answer = new CompletableFuture<>();
        StreamObserver<Envelope> stream = AtomicBroadcastGrpc.newStub(toOrderer).broadcast(new StreamObserver<>() {
            @Override
            public void onNext(BroadcastResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new IllegalStateException("ended without an answer"));
            }
        });
        stream.onNext(envelope);
        BroadcastResponse response = answer.orTimeout(10, TimeUnit.SECONDS).join();
        if (response.getStatus() != Status.SUCCESS) {
            throw new AssertionError("refused: " + response);
        }
        stream.onCompleted();
    }

    /** How often peers have refused something for this reason, all together. */
    long refusals(String reason) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith("gossip_rejected{") && line.contains('"' + reason + '"'))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    NodeResources resources() {
        return resources;
    }

    @Override
    public void close() throws InterruptedException {
        CompletableFuture.allOf(started.stream().map(GossipPeer::stop).toArray(CompletableFuture<?>[]::new))
                .join();
        toOrderer.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        orderer.close();
        resources.close();
    }
}
