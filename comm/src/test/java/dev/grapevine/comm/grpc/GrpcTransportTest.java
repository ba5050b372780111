package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.CommConfig;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.Messages;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcTransportTest {
    private static NettyThreads threads;

    private final TestCa ca = new TestCa("tls-ca");
    private final TestCa otherCa = new TestCa("other-tls-ca");
    private final List<RealNode> nodes = new ArrayList<>();

    @BeforeAll
    static void startThreads() {
        threads = NettyThreads.create(2);
    }

    @AfterAll
    static void stopThreads() {
        threads.close();
    }

    @AfterEach
    void stopNodes() {
        for (RealNode node : nodes) {
            node.close();
            assertThat(node.failures).isEmpty();
        }
    }

    private RealNode node(String name) {
        return node(name, settings(ca, false));
    }

    private RealNode node(String name, TlsSettings tls) {
        RealNode node = new RealNode(name, CommConfig.defaults(), tls, threads);
        nodes.add(node);
        return node;
    }

    private TlsSettings settings(TestCa issuer, boolean clientAuthRequired) {
        return new TlsSettings(
                issuer.issue("127.0.0.1"),
                issuer.issue("127.0.0.1"),
                clientAuthRequired,
                new TlsTrust(List.of(ca.certificate(), otherCa.certificate()), List.of(ca.certificate())));
    }

    private Verdict<ConnectionInfo> handshake(RealNode from, RemotePeer to) {
        return from.await(done -> from.comm.handshake(to, done));
    }

    private Verdict<Boolean> probe(RealNode from, RemotePeer to) {
        return from.await(done -> from.comm.probe(to, done));
    }

    @Test
    void carriesMessagesBothWaysOverOneStream() throws Exception {
        RealNode left = node("left");
        RealNode right = node("right");

        left.send(Messages.control(1), right);
        ReceivedMessage first = right.next();
        right.loop.execute(() -> first.respond(Messages.control(2)));
        ReceivedMessage second = left.next();

        assertThat(first.sender().pkiId()).isEqualTo(left.identity.pkiId());
        assertThat(first.message().message().getNonce()).isEqualTo(1);
        assertThat(second.message().message().getNonce()).isEqualTo(2);
        assertThat(second.sender().pkiId()).isEqualTo(right.identity.pkiId());
    }

    @Test
    void bindsTheHandshakeToTheCertificatesActuallyPresented() throws Exception {
        TlsSettings leftTls = settings(ca, false);
        RealNode left = node("left", leftTls);
        RealNode right = node("right");
        left.send(Messages.control(1), right);

        ConnectionInfo seen = right.next().sender();

        ByteString named = GossipMessage.parseFrom(seen.authPayload()).getConn().getTlsCertHash();
        ByteString presented =
                ByteString.copyFrom(leftTls.client().chain().get(0).getEncoded());
        assertThat(named).isEqualTo(Sha256.of(presented));
        assertThat(left.transport.tlsCertificateHash())
                .isEqualTo(Sha256.of(
                        ByteString.copyFrom(leftTls.server().chain().get(0).getEncoded())));
    }

    @Test
    void carriesBlocksOfManyMegabytes() throws Exception {
        RealNode left = node("left");
        RealNode right = node("right");
        SignedGossipMessage block = Messages.block(7, 40 * 1024 * 1024);

        left.send(block, right);

        assertThat(right.next().message().wire()).isEqualTo(block.wire());
    }

    @Test
    void keepsOneLinkAfterASimultaneousDial() throws Exception {
        RealNode left = node("left");
        RealNode right = node("right");
        for (int i = 0; i < 100; i++) {
            left.send(Messages.control(i), right);
            right.send(Messages.control(i), left);
        }

        for (int i = 0; i < 100; i++) {
            left.next();
            right.next();
        }

        assertThat(left.isLinkedWith(right)).isTrue();
        assertThat(right.isLinkedWith(left)).isTrue();
        assertThat(left.dead).isEmpty();
    }

    @Test
    void worksWithoutTls() throws Exception {
        RealNode left = new RealNode("left", CommConfig.defaults(), null, threads);
        RealNode right = new RealNode("right", CommConfig.defaults(), null, threads);
        nodes.add(left);
        nodes.add(right);

        left.send(Messages.control(1), right);

        assertThat(right.next().sender().pkiId()).isEqualTo(left.identity.pkiId());
        assertThat(left.comm.tlsCertificateHash()).isEmpty();
    }

    @Test
    void findsThePeerBehindAnEndpoint() {
        RealNode left = node("left");
        RealNode right = node("right");

        Verdict<ConnectionInfo> found = handshake(left, new RemotePeer("127.0.0.1:" + right.port(), null));

        assertThat(found.value().pkiId()).isEqualTo(right.identity.pkiId());
        assertThat(right.isLinkedWith(left)).isFalse();
    }

    @Test
    void tellsTheLivingFromTheDead() throws Exception {
        RealNode left = node("left");
        RealNode right = node("right");
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }

        assertThat(probe(left, right.peer()).isAccepted()).isTrue();
        assertThat(probe(left, new RemotePeer("127.0.0.1:" + freePort, null)).isAccepted())
                .isFalse();
        assertThat(probe(left, new RemotePeer("nonsense", null)).rejection().reason())
                .isEqualTo("bad-endpoint");
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() throws Exception {
        RealNode left = node("left");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThat(probe(left, new RemotePeer("127.0.0.1:" + silent.getLocalPort(), null))
                            .isAccepted())
                    .isFalse();
        }
    }

    @Test
    void reportsAPeerThatHasStoppedAndReachesItAgainAfterItsRestart() throws Exception {
        RealNode left = node("left");
        RealNode before = node("right");
        left.send(Messages.control(1), before);
        before.next();
        nodes.remove(before);
        before.close();

        left.send(Messages.control(2), before);
        assertThat(left.dead.poll(RealNode.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(before.identity.pkiId());

        RealNode after = node("right");
        left.send(Messages.control(3), after);
        assertThat(after.next().message().message().getNonce()).isEqualTo(3);
    }

    @Test
    void saysItsLastWordBeforeItStopsThoughBlocksFillTheStream() throws Exception {
        RealNode left = node("left");
        RealNode right = node("right");
        left.send(Messages.control(1), right);
        right.next();

        left.call(() -> {
            for (int number = 0; number < 20; number++) {
                left.comm.send(Messages.block(number, 1 << 20), right.peer());
            }
            left.comm.send(Messages.control(99), right.peer());
            left.comm.stop();
            return true;
        });

        ReceivedMessage last = right.next();
        while (last.message().message().getNonce() != 99) {
            last = right.next();
        }
    }

    @Test
    void refusesAServerOfAnUntrustedRoot() {
        TestCa rogue = new TestCa("rogue");
        RealNode left = node("left");
        RealNode right = node("right", settings(rogue, false));

        assertThat(probe(left, right.peer()).isAccepted()).isFalse();
    }

    @Test
    void saysInOneLineWhySomebodyCannotBeReached() {
        RealNode left = node("left");
        RealNode right = node("right", settings(new TestCa("rogue"), false));

        assertThat(probe(left, right.peer()).rejection().detail())
                .contains(right.peer().endpoint(), "UNAVAILABLE")
                .doesNotContain("\n");
    }

    @Test
    void refusesAServerWhoseCertificateNamesAnotherHost() {
        RealNode left = node("left");
        RealNode right =
                node("right", new TlsSettings(ca.issue("peer0.example.com"), ca.issue("127.0.0.1"), false, ca.trust()));

        assertThat(probe(left, right.peer()).isAccepted()).isFalse();
    }

    @Test
    void acceptsAnyClientCertificateWhereNoneIsRequired() throws Exception {
        RealNode stranger = node("stranger", settings(new TestCa("unknown"), false));
        RealNode open = node("open");

        stranger.send(Messages.control(1), open);

        assertThat(open.next().sender().pkiId()).isEqualTo(stranger.identity.pkiId());
    }

    @Test
    void demandsAClientCertificateOfATrustedRootWhereItIsRequired() throws Exception {
        RealNode strict = node("strict", settings(ca, true));
        RealNode trusted = node("trusted");
        RealNode stranger = node("stranger", settings(otherCa, false));

        trusted.send(Messages.control(1), strict);

        assertThat(strict.next().sender().pkiId()).isEqualTo(trusted.identity.pkiId());
        assertThat(probe(stranger, strict.peer()).isAccepted()).isFalse();
    }

    @Test
    void judgesTheNextConnectionOfAServerByTheTrustOfTheMoment() {
        RealNode left = node("left");
        RealNode right = node("right");
        assertThat(probe(left, right.peer()).isAccepted()).isTrue();

        left.call(() -> {
            left.transport.updateTrust(otherCa.trust());
            return true;
        });
        assertThat(probe(left, right.peer()).isAccepted()).isFalse();

        left.call(() -> {
            left.transport.updateTrust(ca.trust());
            return true;
        });
        assertThat(probe(left, right.peer()).isAccepted()).isTrue();
    }

    @Test
    void judgesTheNextConnectionOfAClientByTheTrustOfTheMoment() {
        RealNode strict = node("strict", settings(ca, true));
        RealNode client = node("client");
        assertThat(probe(client, strict.peer()).isAccepted()).isTrue();

        strict.call(() -> {
            strict.transport.updateTrust(otherCa.trust());
            return true;
        });
        client.call(() -> {
            client.transport.updateTrust(ca.trust());
            return true;
        });

        assertThat(probe(client, strict.peer()).isAccepted()).isFalse();
    }
}
