package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.SignedGossipMessage;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client that keeps the ticket of its TLS session and offers it with its next connection. A session that is resumed skips
 * the check of the certificate, so a withdrawn authority would not keep out who has been here before.
 */
@Timeout(60)
class SessionResumptionTest {
    private final TestCa ca = new TestCa("tls-ca");
    private final NettyThreads threads = NettyThreads.create(2);
    private final SigningIdentity identity = ModelledCrypto.identity(RealNode.ORG, "raw");
    private final TlsCredentials own = ca.issue("127.0.0.1");
    private final TlsCredentials nodes = ca.issue("127.0.0.1");
    private final ByteString probe = SignedGossipMessage.signed(
                    GossipMessage.newBuilder()
                            .setTag(GossipMessage.Tag.EMPTY)
                            .setConn(ConnEstablish.newBuilder()
                                    .setPkiId(identity.pkiId().bytes())
                                    .setIdentity(identity.serialized())
                                    .setTlsCertHash(own.hash())
                                    .setProbe(true))
                            .build(),
                    identity)
            .wire();

    @AfterEach
    void stopThreads() {
        threads.close();
    }

    private RealNode node() {
        return new RealNode("node", CommConfig.defaults(), new TlsSettings(nodes, nodes, true, ca.trust()), threads);
    }

    /** Times of sessions are in milliseconds: a session made after this is told from one made before. */
    private static void nextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Without this the tests below would show nothing. */
    @Test
    void anOrdinaryServerLetsAResumedSessionInThoughItTrustsItsAuthorityNoLonger() throws Exception {
        ClientTrust trust = new ClientTrust(true, ca.trust().clients());
        SslContext ordinary = GrpcSslContexts.configure(SslContextBuilder.forServer(new OneKey(nodes))
                        .trustManager(trust)
                        .clientAuth(ClientAuth.REQUIRE))
                .build();
        try (RealNode node = node()) {
            Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(node.transport.service())
                    .sslContext(ordinary)
                    .build()
                    .start();
            RawClient client = new RawClient(ca, own);
            client.say(server.getPort(), probe);
            Instant first = client.sessionMade();
            nextMillisecond();
            trust.update(new TestCa("next-ca").trust().clients());

            client.say(server.getPort(), probe);

            assertThat(client.sessionMade()).isEqualTo(first);
            server.shutdownNow();
        }
    }

    @Test
    void aNodeShakesHandsInFullWithWhoOffersItsSessionAgain() throws Exception {
        try (RealNode node = node()) {
            RawClient client = new RawClient(ca, own);
            assertThat(client.say(node.port(), probe).isOk()).isTrue();
            Instant first = client.sessionMade();
            nextMillisecond();

            assertThat(client.say(node.port(), probe).isOk()).isTrue();

            assertThat(client.sessionMade()).isAfter(first);
        }
    }

    @Test
    void aNodeRefusesAnOfferedSessionOnceItsAuthorityIsNoLongerTrusted() throws Exception {
        try (RealNode node = node()) {
            RawClient client = new RawClient(ca, own);
            assertThat(client.say(node.port(), probe).isOk()).isTrue();

            node.call(() -> {
                node.transport.updateTrust(new TestCa("next-ca").trust());
                return true;
            });

            assertThat(client.say(node.port(), probe).isOk()).isFalse();
        }
    }
}
