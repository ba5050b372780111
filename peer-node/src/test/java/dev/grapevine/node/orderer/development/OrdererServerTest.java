package dev.grapevine.node.orderer.development;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.crypto.DistinctBlocks;
import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.ConfigChange;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.SignedEnvelope;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.orderer.GrpcOrdererStreams;
import dev.grapevine.node.orderer.OrdererTls;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.time.EventLoop;
import dev.grapevine.state.OrdererEndpoint;
import dev.grapevine.state.deliver.BlockSink;
import dev.grapevine.state.deliver.DeliverClient;
import dev.grapevine.state.deliver.DeliverConfig;
import dev.grapevine.state.deliver.DeliverContext;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.AtomicBroadcastGrpc;
import org.hyperledger.fabric.protos.orderer.BatchSize;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with real certificates: submitted over mutual TLS, ordered, pulled by the deliver client and verified. */
@Timeout(120)
class OrdererServerTest {
    private static final ChannelId CHANNEL = new ChannelId("mychannel");
    private static final SignatureProvider PROVIDER = SignatureProvider.bouncyCastle();

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private final Validity validity = Validity.startingNow(Instant.now());
    private final OrganisationMaterial org =
            OrganisationMaterial.generate(OrganisationSpec.peers("Org1", "org1.example", 1), validity, random);
    private final OrganisationMaterial ordering =
            OrganisationMaterial.generate(OrganisationSpec.orderers("Orderer", "orderer.example", 1), validity, random);
    private final NodeResources resources = NodeResources.create(1, 2);
    private final EventLoop loop = new EventLoop("loop", resources.workers(), failure -> {});
    private final NetworkTrust trust = new NetworkTrust(msp(org));
    private final BlockingQueue<VerifiedBlock> delivered = new LinkedBlockingQueue<>();
    private ChannelConfig config;
    private OrdererServer server;

    @BeforeEach
    void start() throws Exception {
        Block genesis = GenesisBlock.of(ChannelProfile.of(
                CHANNEL,
                List.of(ChannelProfile.Organisation.ofPeers("Org1", org.mspConfig(org.customaryMspId()))),
                List.of(ChannelProfile.Organisation.ofOrderers(
                        "Orderer", ordering.mspConfig(ordering.customaryMspId()), "localhost:7050")),
                Instant.now()));
        config = ChannelConfig.ofBlock(genesis, PROVIDER).value();
        trust.apply(CHANNEL, config, 0);
        MemberMaterial node = ordering.nodes().get(0);
        DevelopmentOrderer orderer = DevelopmentOrderer.open(folder, identity(ordering, node), PROVIDER);
        orderer.join(genesis);
        server = OrdererServer.start(
                orderer,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new OrdererServer.Tls(tls(node), msp(org).tlsRoots())),
                resources);
    }

    @AfterEach
    void stop() {
        server.close();
        loop.close();
        resources.close();
    }

    @Test
    void whatAMemberSubmitsReachesAPeerAsABlockItVerifies() throws Exception {
        deliverFrom(1);
        SigningIdentity user = identity(org, org.users().get(0));
        Envelope change = batchesOf(1);

        assertThat(submit(change).getStatus()).isEqualTo(Status.SUCCESS);
        Envelope transaction = SignedEnvelope.of(
                CHANNEL, HeaderType.ENDORSER_TRANSACTION, ByteString.copyFromUtf8("transaction"), user);
        assertThat(submit(transaction).getStatus()).isEqualTo(Status.SUCCESS);

        VerifiedBlock configuration = delivered.poll(30, TimeUnit.SECONDS);
        assertThat(configuration.isConfig()).isTrue();
        VerifiedBlock block = delivered.poll(30, TimeUnit.SECONDS);
        assertThat(block.number()).isEqualTo(2);
        assertThat(block.lastConfig()).isEqualTo(1);
        assertThat(block.block().getData().getDataList()).containsExactly(transaction.toByteString());
    }

    @Test
    void anUpdateWithoutTheAdministratorsIsRefused() throws Exception {
        Envelope change = ConfigChange.between(config, group(3))
                .signedBy(List.of(identity(org, org.users().get(0))));

        BroadcastResponse answer = submit(change);

        assertThat(answer.getStatus()).isEqualTo(Status.BAD_REQUEST);
        assertThat(answer.getInfo()).startsWith("unauthorised-config-update");
    }

    private Envelope batchesOf(int messages) {
        return ConfigChange.between(config, group(messages))
                .signedBy(List.of(identity(ordering, ordering.admin()), identity(org, org.admin())));
    }

    private ConfigGroup group(int messages) {
        ConfigGroup.Builder root = config.message().getChannelGroup().toBuilder();
        ConfigGroup.Builder orderer = root.getGroupsOrThrow("Orderer").toBuilder();
        ByteString size = BatchSize.newBuilder()
                .setMaxMessageCount(messages)
                .setAbsoluteMaxBytes(1 << 20)
                .setPreferredMaxBytes(1 << 18)
                .build()
                .toByteString();
        orderer.putValues(
                "BatchSize",
                orderer.getValuesOrThrow("BatchSize").toBuilder().setValue(size).build());
        return root.putGroups("Orderer", orderer.build()).build();
    }

    /** A deliver client as a peer of the organisation has it; applies configurations as they come. */
    private void deliverFrom(long first) {
        MemberMaterial peer = org.nodes().get(0);
        OrdererEndpoint endpoint =
                new OrdererEndpoint("localhost:" + server.port(), msp(ordering).tlsRootPems());
        DeliverConfig settings = DeliverConfig.defaults();
        DeliverContext context = new DeliverContext(
                loop,
                loop,
                new DistinctBlocks(loop, trust::verifyBlock),
                identity(org, peer),
                tls(peer).hash(),
                new GrpcOrdererStreams(
                        loop, resources.network(), OrdererTls.mutual(tls(peer).keyManager()), settings),
                Meters.NONE,
                new RejectionLog(loop, Meters.NONE));
        DeliverClient[] client = new DeliverClient[1];
        client[0] = new DeliverClient(
                CHANNEL,
                settings,
                context,
                () -> List.of(endpoint),
                new CommittingSink(first, () -> client[0].configurationApplied()),
                () -> {});
        loop.execute(client[0]::start);
    }

    private final class CommittingSink implements BlockSink {
        private final Runnable onConfiguration;
        private long next;

        CommittingSink(long next, Runnable onConfiguration) {
            this.next = next;
            this.onConfiguration = onConfiguration;
        }

        @Override
        public long next() {
            return next;
        }

        @Override
        public void add(VerifiedBlock block, Runnable whenRoom) {
            next = block.number() + 1;
            delivered.add(block);
            if (block.isConfig()) {
                trust.apply(CHANNEL, config.next(block.block()).value(), block.number());
                onConfiguration.run();
            }
            whenRoom.run();
        }
    }

    private BroadcastResponse submit(Envelope envelope) throws Exception {
        MemberMaterial peer = org.nodes().get(0);
        ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(tls(peer).keyManager())
                        .trustManager(msp(ordering).tlsRoots())
                        .build())
                .build();
        try {
            OrdererFixture.Answers<BroadcastResponse> answers = new OrdererFixture.Answers<>();
            AtomicBroadcastGrpc.newStub(channel).broadcast(answers).onNext(envelope);
            return answers.answer();
        } finally {
            channel.shutdownNow();
        }
    }

    private static TlsCredentials tls(MemberMaterial member) {
        return TlsCredentials.ofPem(member.tls().pem(), member.tls().keyPem());
    }

    private static Msp msp(OrganisationMaterial organisation) {
        return Msp.of(organisation.mspConfig(organisation.customaryMspId()), MspVersion.V1_4_3, PROVIDER)
                .value();
    }

    private static SigningIdentity identity(OrganisationMaterial organisation, MemberMaterial member) {
        return member.identity().signingIdentity(msp(organisation), PROVIDER).value();
    }
}
