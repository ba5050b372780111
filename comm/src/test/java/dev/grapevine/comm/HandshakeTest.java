package dev.grapevine.comm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final World world = new World();
    private final World.Node node = world.node("node");
    private final World.Stranger stranger = world.stranger("stranger");
    private final SigningIdentity identity = ModelledCrypto.identity(World.ORG1, "other");

    private SignedGossipMessage introduction(UnaryOperator<ConnEstablish.Builder> change) {
        ConnEstablish.Builder conn = ConnEstablish.newBuilder()
                .setPkiId(identity.pkiId().bytes())
                .setIdentity(identity.serialized())
                .setTlsCertHash(stranger.transport.tlsCertificateHash());
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.EMPTY)
                        .setConn(change.apply(conn))
                        .build(),
                identity);
    }

    private void introduce(SignedGossipMessage message) {
        FrameStream stream = stranger.dial(node);
        stream.send(message.wire());
        world.run(Duration.ofMillis(100));
    }

    private void assertRefused(String reason) {
        assertThat(stranger.wasHungUpOn()).isTrue();
        assertThat(node.rejected(reason)).isEqualTo(1);
        assertThat(node.comm.connection(identity.pkiId())).isEmpty();
    }

    @Test
    void givesBothSidesTheProvenIdentityOfTheOther() {
        World.Node other = world.node("other", World.ORG2, CommConfig.defaults());

        node.linkWith(other);

        ConnectionInfo seen = node.comm.connection(other.identity.pkiId()).orElseThrow();
        assertThat(seen.mspId()).isEqualTo(World.ORG2);
        assertThat(seen.identity()).isEqualTo(other.identity.serialized());
        assertThat(seen.revision()).isEqualTo(1);
        assertThat(node.crypto.verify(seen.identity(), seen.authSignature(), seen.authPayload()))
                .isTrue();
        assertThat(other.received.get(0).sender().pkiId()).isEqualTo(node.identity.pkiId());
    }

    @Test
    void acceptsAPlainFabricPeerAndKnowsThatItIsOne() {
        introduce(introduction(conn -> conn));

        assertThat(node.comm.connection(identity.pkiId()).orElseThrow().revision())
                .isZero();
    }

    @Test
    void presentsOurselvesWithoutWaitingForTheOtherSide() throws Exception {
        stranger.dial(node);

        ConnEstablish conn =
                SignedGossipMessage.parse(stranger.frames.get(0)).message().getConn();
        assertThat(new PkiId(conn.getPkiId())).isEqualTo(node.identity.pkiId());
        assertThat(conn.getTlsCertHash()).isEqualTo(node.transport.tlsCertificateHash());
        assertThat(conn.getProbe()).isFalse();
    }

    @Test
    void refusesAnotherFirstMessage() {
        introduce(Messages.control(1));
        assertRefused("wrong-first-message");
    }

    @Test
    void refusesAMissingPkiId() {
        introduce(introduction(ConnEstablish.Builder::clearPkiId));
        assertRefused("missing-pki-id");
    }

    @Test
    void refusesAPkiIdThatIsNotTheIdentitys() {
        introduce(introduction(conn -> conn.setPkiId(ByteString.copyFromUtf8("somebody else"))));
        assertRefused("pki-id-mismatch");
    }

    @Test
    void refusesOurOwnIdentity() {
        introduce(introduction(
                conn -> conn.setPkiId(node.identity.pkiId().bytes()).setIdentity(node.identity.serialized())));
        assertRefused("own-identity");
    }

    @Test
    void refusesAnOrganisationThatSharesNoChannel() {
        SigningIdentity foreign = ModelledCrypto.identity(World.STRANGERS, "other");
        introduce(introduction(conn -> conn.setPkiId(foreign.pkiId().bytes()).setIdentity(foreign.serialized())));
        assertRefused("unknown-organisation");
    }

    @Test
    void refusesARevokedIdentity() {
        node.crypto.revoke(identity.pkiId());
        introduce(introduction(conn -> conn));
        assertRefused("revoked-identity");
    }

    @Test
    void refusesAnotherTlsCertificateThanTheConnections() {
        introduce(introduction(conn -> conn.setTlsCertHash(ByteString.copyFromUtf8("another"))));
        assertRefused("tls-mismatch");
    }

    @Test
    void refusesAPeerWithoutATlsCertificate() {
        world.faults.intercept("stranger:9999", ByteString.EMPTY);
        introduce(introduction(conn -> conn));
        assertRefused("no-tls-certificate");
    }

    @Test
    void refusesASignatureOfSomebodyElse() {
        SignedGossipMessage genuine = introduction(conn -> conn);
        introduce(SignedGossipMessage.signed(genuine.message(), ModelledCrypto.identity(World.ORG1, "forger")));
        assertRefused("bad-signature");
    }

    @Test
    void refusesAnUnsignedIntroduction() {
        introduce(SignedGossipMessage.unsigned(introduction(conn -> conn).message()));
        assertRefused("bad-signature");
    }

    @Test
    void refusesAForgedSecretBesideAGenuineIntroduction() {
        introduce(introduction(conn -> conn).withSecret("here:7051", ModelledCrypto.identity(World.ORG1, "forger")));
        assertRefused("bad-signature");
    }

    @Test
    void refusesARecordedHandshakeOnAnotherConnection() {
        World.Node victim = world.node("victim");
        FrameStream eavesdropper = stranger.dial(victim);
        world.run(Duration.ofMillis(10));
        ByteString recorded = stranger.frames.get(0);
        eavesdropper.close();

        stranger.dial(node).send(recorded);
        world.run(Duration.ofMillis(100));

        assertThat(node.rejected("tls-mismatch")).isEqualTo(1);
        assertThat(node.isLinkedWith(victim)).isFalse();
    }

    @Test
    void refusesAManInTheMiddleOnBothSides() {
        World.Node other = world.node("other");
        world.faults.intercept("node:7051", ByteString.copyFromUtf8("mallory"));
        world.faults.intercept("other:7051", ByteString.copyFromUtf8("mallory"));

        node.linkWith(other);

        assertThat(node.isLinkedWith(other)).isFalse();
        assertThat(other.rejected("tls-mismatch")).isEqualTo(1);
        assertThat(node.dead).contains(other.identity.pkiId());
    }

    @Test
    void worksWithoutTls() {
        World.Node left = world.withoutTls("left");
        World.Node right = world.withoutTls("right");

        left.linkWith(right);

        assertThat(left.comm.tlsCertificateHash()).isEmpty();
        assertThat(left.isLinkedWith(right)).isTrue();
        assertThat(right.isLinkedWith(left)).isTrue();
    }

    @Test
    void hangsUpOnASilentPeerAfterTheConnectionTimeout() {
        stranger.dial(node);

        world.run(Duration.ofMillis(1800));
        assertThat(stranger.ends).isEmpty();
        world.run(Duration.ofMillis(300));

        assertRefused("handshake-timeout");
    }

    @Test
    void hangsUpOnBytesThatAreNoEnvelope() {
        stranger.dial(node).send(ByteString.copyFromUtf8("garbage"));
        world.run(Duration.ofMillis(100));

        assertRefused("malformed-envelope");
    }

    @Test
    void hangsUpOnAFirstMessageBeyondTheLimit() {
        stranger.dial(node).send(Messages.block(1, 70_000).wire());
        world.run(Duration.ofMillis(100));

        assertRefused("too-much-before-handshake");
    }

    @Test
    void endsAProbeInGoodOrderWithoutRegisteringIt() {
        introduce(introduction(conn -> conn.setProbe(true)));

        assertThat(stranger.ends).singleElement().matches(StreamEnd::clean);
        assertThat(node.comm.connection(identity.pkiId())).isEmpty();
    }

    @Test
    void ignoresALaterIntroduction() {
        FrameStream stream = stranger.dial(node);
        stream.send(introduction(conn -> conn).wire());
        stream.send(introduction(conn -> conn).wire());
        world.run(Duration.ofMillis(100));

        assertThat(stranger.ends).isEmpty();
        assertThat(node.received).isEmpty();
    }

    @Test
    void boundsTheStreamsInTheHandshakeForEachHost() {
        for (int i = 0; i < CommLimits.defaults().halfOpenPerAddress() + 5; i++) {
            stranger.transport.dial(
                    node.peer.endpoint(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    verdict -> stranger.attach(verdict.value()));
        }
        world.run(Duration.ofMillis(100));
        assertThat(node.rejected("too-many-half-open")).isEqualTo(5);

        World.Node honest = world.node("honest");
        honest.linkWith(node);
        assertThat(node.isLinkedWith(honest)).isTrue();
    }
}
