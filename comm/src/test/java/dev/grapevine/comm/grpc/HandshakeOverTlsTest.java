package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandshakeOverTlsTest {
    private final TestCa ca = new TestCa("tls-ca");
    private final NettyThreads threads = NettyThreads.create(2);
    private final SigningIdentity identity = ModelledCrypto.identity(RealNode.ORG, "raw");
    private final TlsCredentials own = ca.issue("127.0.0.1");

    @AfterEach
    void stopThreads() {
        threads.close();
    }

    private RealNode node(boolean clientAuthRequired) {
        TlsSettings tls = new TlsSettings(ca.issue("127.0.0.1"), ca.issue("127.0.0.1"), clientAuthRequired, ca.trust());
        return new RealNode("node", CommConfig.defaults(), tls, threads);
    }

    private ByteString introduction(ByteString tlsHash, boolean probe) {
        return SignedGossipMessage.signed(
                        GossipMessage.newBuilder()
                                .setTag(GossipMessage.Tag.EMPTY)
                                .setConn(ConnEstablish.newBuilder()
                                        .setPkiId(identity.pkiId().bytes())
                                        .setIdentity(identity.serialized())
                                        .setTlsCertHash(tlsHash)
                                        .setProbe(probe))
                                .build(),
                        identity)
                .wire();
    }

    @Test
    void endsAProbeThatNamesItsOwnCertificateInGoodOrder() throws Exception {
        try (RealNode node = node(false)) {
            Status end = new RawClient(ca, own).say(node.port(), introduction(own.hash(), true));

            assertThat(end.isOk()).isTrue();
        }
    }

    @Test
    void refusesAnIntroductionThatNamesAnotherCertificate() throws Exception {
        try (RealNode node = node(false)) {
            ByteString other = ca.issue("127.0.0.1").hash();

            Status end = new RawClient(ca, own).say(node.port(), introduction(other, true));

            assertThat(end.isOk()).isFalse();
            assertThat(node.counted("gossip_rejected/tls-mismatch")).isEqualTo(1);
        }
    }

    @Test
    void refusesAPeerWithoutACertificate() throws Exception {
        try (RealNode node = node(false)) {
            Status end = new RawClient(ca, null).say(node.port(), introduction(ByteString.EMPTY, true));

            assertThat(end.isOk()).isFalse();
            assertThat(node.counted("gossip_rejected/no-tls-certificate")).isEqualTo(1);
        }
    }

    @Test
    void presentsOurCertificateAlsoWhenTheServerAsksForThoseOfOtherAuthorities() throws Exception {
        SslContext asksForOthers = GrpcSslContexts.configure(SslContextBuilder.forServer(new OneKey(own))
                        .trustManager(new AsksForOthers(new TestCa("other").certificate()))
                        .clientAuth(ClientAuth.REQUIRE))
                .build();
        try (RealNode node = node(false)) {
            Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(node.transport.service())
                    .sslContext(asksForOthers)
                    .build()
                    .start();
            RemotePeer there = new RemotePeer("127.0.0.1:" + server.getPort(), null);

            Verdict<Boolean> answered = node.await(done -> node.comm.probe(there, done));

            assertThat(answered.isAccepted()).isTrue();
            server.shutdownNow();
        }
    }

    /** Takes any certificate, but says that it wants one of a certain authority, as Fabric's servers do. */
    private record AsksForOthers(X509Certificate wanted) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {wanted};
        }
    }
}
