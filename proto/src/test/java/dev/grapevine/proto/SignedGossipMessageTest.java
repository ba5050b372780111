package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.extension.Route;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.SecretEnvelope;
import org.junit.jupiter.api.Test;

class SignedGossipMessageTest {
    private static final PayloadSigner SIGNER = payload -> Sha256.of(ByteString.copyFromUtf8("key"), payload);
    private static final PayloadVerifier VERIFIER =
            (signature, payload) -> SIGNER.sign(payload).equals(signature);

    private static GossipMessage alive() {
        return GossipMessage.newBuilder()
                .setTag(Tag.EMPTY)
                .setAliveMsg(AliveMessage.newBuilder()
                        .setMembership(Member.newBuilder().setEndpoint("localhost:7051")))
                .build();
    }

    @Test
    void aSignedMessageVerifiesAndAnAlteredOneDoesNot() throws MalformedMessageException {
        SignedGossipMessage message = SignedGossipMessage.signed(alive(), SIGNER);
        Envelope altered = message.envelope().toBuilder()
                .setPayload(alive().toBuilder().setNonce(1).build().toByteString())
                .build();

        assertThat(message.verify(VERIFIER)).isTrue();
        assertThat(SignedGossipMessage.of(altered).verify(VERIFIER)).isFalse();
    }

    /** As Go refuses it: otherwise each would read another message out of the same signed bytes. */
    @Test
    void theEndOfAGroupThatNeverBeganIsMalformed() {
        ByteString endOfGroup = ByteString.copyFrom(new byte[] {(1 << 3) | 4});
        ByteString wire = SignedGossipMessage.unsigned(
                        GossipMessage.newBuilder().setNonce(7).build())
                .wire();
        ByteString payload = GossipMessage.newBuilder().setNonce(7).build().toByteString();
        ByteString inside = Envelope.newBuilder()
                .setPayload(payload.concat(endOfGroup).concat(payload))
                .build()
                .toByteString();

        assertThatThrownBy(() -> SignedGossipMessage.parse(wire.concat(endOfGroup)))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> SignedGossipMessage.parse(inside)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void aMessageWithoutSignatureOrPayloadNeverVerifies() throws MalformedMessageException {
        assertThat(SignedGossipMessage.unsigned(alive()).verify((signature, payload) -> true))
                .isFalse();
        assertThat(SignedGossipMessage.of(Envelope.newBuilder()
                                .setSignature(ByteString.copyFromUtf8("s"))
                                .build())
                        .verify((signature, payload) -> true))
                .isFalse();
    }

    @Test
    void aBadSecretSpoilsTheMessageUntilItIsTakenOff() throws MalformedMessageException {
        Envelope spoiled = SignedGossipMessage.signed(alive(), SIGNER).envelope().toBuilder()
                .setSecretEnvelope(SecretEnvelope.newBuilder()
                        .setPayload(ByteString.copyFromUtf8("p"))
                        .setSignature(ByteString.copyFromUtf8("s")))
                .build();
        SignedGossipMessage message = SignedGossipMessage.of(spoiled);

        assertThat(message.verify(VERIFIER)).isFalse();
        assertThat(message.withoutSecret().verify(VERIFIER)).isTrue();
        assertThat(message.internalEndpoint()).isEmpty();
    }

    @Test
    void anEmptyButPresentSecretSpoilsTheMessageToo() throws MalformedMessageException {
        Envelope spoiled = SignedGossipMessage.signed(alive(), SIGNER).envelope().toBuilder()
                .setSecretEnvelope(SecretEnvelope.getDefaultInstance())
                .build();

        assertThat(SignedGossipMessage.of(spoiled).verify(VERIFIER)).isFalse();
    }

    @Test
    void refusesWhatIsNoEnvelopeAndWhatHoldsNoMessage() {
        assertThatThrownBy(() -> SignedGossipMessage.parse(ByteString.copyFromUtf8("no protobuf at all")))
                .isInstanceOf(MalformedMessageException.class);
        ByteString notAMessage = Envelope.newBuilder()
                .setPayload(ByteString.copyFromUtf8("nor this one"))
                .build()
                .toByteString();
        assertThatThrownBy(() -> SignedGossipMessage.parse(notAMessage)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesDeepNestingInsteadOfOverflowingTheStack() {
        byte[] startGroups = new byte[200_000];
        Arrays.fill(startGroups, (byte) 0x0b);
        ByteString payload = Envelope.newBuilder()
                .setPayload(ByteString.copyFrom(startGroups))
                .build()
                .toByteString();

        assertThatThrownBy(() -> SignedGossipMessage.parse(ByteString.copyFrom(startGroups)))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> SignedGossipMessage.parse(payload)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesAStringThatIsNotUtf8AsTheGoDecoderDoes() {
        ByteString payload = GossipMessage.newBuilder()
                .setTag(Tag.EMPTY)
                .setAliveMsg(AliveMessage.newBuilder()
                        .setMembership(Member.newBuilder().setEndpointBytes(ByteString.copyFromUtf8("xyz"))))
                .build()
                .toByteString();
        byte[] broken = payload.toByteArray();
        broken[broken.length - 1] = (byte) 0xff;
        ByteString wire = Envelope.newBuilder()
                .setPayload(ByteString.copyFrom(broken))
                .build()
                .toByteString();

        assertThatThrownBy(() -> SignedGossipMessage.parse(wire)).isInstanceOf(MalformedMessageException.class);
    }

    @Property(tries = 2000)
    void anyBytesEitherParseOrAreRefused(@ForAll @Size(max = 300) byte[] bytes) {
        ByteString wire = ByteString.copyFrom(bytes);
        try {
            assertThat(SignedGossipMessage.parse(wire).wire()).isEqualTo(wire);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("gossip");
        }
    }

    @Test
    void keepsUnknownFieldsAndTheirOrderWhenPassedOn() throws MalformedMessageException {
        ByteString payload =
                alive().toByteString().concat(Hex.parse("fa3e0101")).concat(Hex.parse("fa3e0102"));
        ByteString wire = Hex.parse("1a00")
                .concat(Envelope.newBuilder().setPayload(payload).build().toByteString());

        SignedGossipMessage message = SignedGossipMessage.parse(wire);

        assertThat(message.wire()).isEqualTo(wire);
        assertThat(message.withoutSecret().envelope().getPayload()).isEqualTo(payload);
    }

    @Test
    void aLargePayloadIsSharedAndTheBytesAreThoseOfItsEnvelope() throws MalformedMessageException {
        ByteString block = ByteString.copyFrom(new byte[100_000]);
        SignedGossipMessage built = SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setDataMsg(DataMessage.newBuilder()
                                .setPayload(Payload.newBuilder().setSeqNum(7).setData(block)))
                        .build(),
                payload -> ByteString.copyFromUtf8("signature"));
        ByteString bytes = built.envelope().toByteString();
        assertThat(built.wire()).isEqualTo(bytes);

        SignedGossipMessage routed = built.withRoute(Route.getDefaultInstance());
        SignedGossipMessage received =
                SignedGossipMessage.parse(ByteString.copyFrom(routed.wire().toByteArray()));
        assertThat(received.route()).isPresent();
        assertThat(received.withoutRoute().wire()).isEqualTo(bytes);
        assertThat(received.withoutRoute().envelope()).isEqualTo(built.envelope());
        assertThat(Sha256.of(received.withoutRoute().wire())).isEqualTo(Sha256.of(bytes));
    }
}
