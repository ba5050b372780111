package dev.grapevine.discovery;

import static dev.grapevine.discovery.AliveMessages.alive;
import static dev.grapevine.discovery.AliveMessages.content;
import static dev.grapevine.discovery.AliveMessages.forged;
import static dev.grapevine.discovery.AliveMessages.request;
import static dev.grapevine.discovery.AliveMessages.response;
import static dev.grapevine.discovery.AliveMessages.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.SecretEnvelope;
import org.junit.jupiter.api.Test;

/** What one peer makes of alive messages that others send to it. */
class IncomingMessageTest extends Addressee {
    @Test
    void aFreshAliveMessageIsLearnedAndPassedOnInTheBytesItCameIn() {
        SignedGossipMessage message = alive(other, 100, 1);

        receive(message);

        assertThat(peer.sees(other)).isTrue();
        assertThat(peer.gossiped).extracting(SignedGossipMessage::wire).containsExactly(message.wire());
        assertThat(peer.meters.members("alive")).isEqualTo(1);
    }

    @Test
    void anOldAliveMessageIsNeitherCheckedNorPassedOn() {
        receive(alive(other, 100, 5));
        int checked = peer.verifications;

        receive(alive(other, 100, 5), alive(other, 100, 4), alive(other, 99, 9));

        assertThat(peer.verifications).isEqualTo(checked);
        assertThat(peer.gossiped).hasSize(1);
        assertThat(peer.meters.duplicates()).isEqualTo(3);
    }

    @Test
    void copiesThatArriveWhileTheFirstIsBeingCheckedAreNotChecked() {
        peer.loop.setWorkDuration(Duration.ofMillis(20));
        SignedGossipMessage message = alive(other, 100, 1);

        receive(message, message, message);

        assertThat(peer.verifications).isEqualTo(1);
        assertThat(peer.gossiped).hasSize(1);
    }

    @Test
    void aMessageThatBecameOldWhileItWasCheckedChangesNothing() {
        peer.loop.setWorkDuration(Duration.ofMillis(20));

        receive(alive(other, 100, 2), alive(other, 100, 1));

        assertThat(peer.gossiped).hasSize(1);
        assertThat(peer.discovery.lookup(other.pkiId())).isPresent();
    }

    @Test
    void aMessageFirstLearnedFromAResponseIsPassedOnWithoutAnotherCheck() {
        SignedGossipMessage message = alive(other, 100, 1);
        receive(response(message));
        int checked = peer.verifications;
        assertThat(peer.gossiped).isEmpty();

        receive(message, message);

        assertThat(peer.verifications).isEqualTo(checked);
        assertThat(peer.gossiped).hasSize(1);
    }

    @Test
    void aForgedAliveMessageIsRefused() {
        receive(forged(alive(other, 100, 1)));

        assertThat(peer.knows(other)).isFalse();
        assertThat(peer.gossiped).isEmpty();
        assertThat(peer.meters.rejected("bad-alive-signature")).isEqualTo(1);
        assertThat(peer.identities.get(other.pkiId(), peer.loop.wallTime())).isEmpty();
    }

    @Test
    void anAliveMessageWithoutIdentityOfAnUnknownPeerIsDroppedAndItsSenderNotBlamed() {
        receive(signed(content(other.identity, new Timestamp(100, 1), ""), other.identity));

        assertThat(peer.knows(other)).isFalse();
        assertThat(peer.meters.dropped("alive-of-unknown-identity")).isEqualTo(1);
        assertThat(peer.meters.rejected("unknown-identity")).isZero();
        assertThat(peer.discovery.hasStrangers()).isTrue();
    }

    @Test
    void aStrangerIsForgottenWhenNobodySpeaksOfHimAnyMore() {
        assertThat(peer.discovery.hasStrangers()).isFalse();
        receive(signed(content(other.identity, new Timestamp(100, 1), ""), other.identity));

        network.run(Duration.ofSeconds(20));

        assertThat(peer.discovery.hasStrangers()).isFalse();
    }

    @Test
    void anIdentityThatIsNotThatOfThePkiIdIsRefused() {
        receive(signed(
                content(other.identity, new Timestamp(100, 1), "").setIdentity(sender.identity.serialized()),
                sender.identity));

        assertThat(peer.knows(other)).isFalse();
        assertThat(peer.meters.rejected("pki-id-mismatch")).isEqualTo(1);
    }

    @Test
    void anIncompleteAliveMessageIsRefusedEverywhere() {
        AliveMessage.Builder whole = content(other.identity, new Timestamp(100, 1), "");
        SignedGossipMessage noTimestamp = signed(whole.clone().clearTimestamp(), other.identity);
        SignedGossipMessage noMembership = signed(whole.clone().clearMembership(), other.identity);
        AliveMessage.Builder anonymous = whole.clone();
        anonymous.getMembershipBuilder().clearPkiId();
        SignedGossipMessage noPkiId = signed(anonymous, other.identity);

        for (SignedGossipMessage bad : List.of(noTimestamp, noMembership, noPkiId)) {
            receive(bad, request(1, bad), response(bad));
        }

        assertThat(peer.meters.rejected("incomplete-alive")).isEqualTo(9);
    }

    @Test
    void aSecretThatIsNotSignedByThePeerSpoilsTheMessage() throws Exception {
        Envelope.Builder envelope = alive(other, 100, 1).envelope().toBuilder();
        SecretEnvelope forged = SecretEnvelope.newBuilder()
                .setPayload(ByteString.copyFromUtf8("\n\006evil:1"))
                .setSignature(ByteString.copyFromUtf8("forged"))
                .build();
        SignedGossipMessage badSecret =
                SignedGossipMessage.of(envelope.setSecretEnvelope(forged).build());
        SignedGossipMessage halfSecret = SignedGossipMessage.of(
                envelope.setSecretEnvelope(forged.toBuilder().clearSignature()).build());

        receive(badSecret, halfSecret);

        assertThat(peer.knows(other)).isFalse();
        assertThat(peer.meters.rejected("bad-alive-signature")).isEqualTo(1);
        assertThat(peer.meters.rejected("unsigned-alive")).isEqualTo(1);
    }

    @Test
    void anEndpointThatIsNoneOrEndlessIsRefused() {
        receive(
                signed(content(other.identity, new Timestamp(100, 1), "no port"), other.identity),
                signed(content(other.identity, new Timestamp(100, 1), "h".repeat(600) + ":1"), other.identity));

        assertThat(peer.meters.rejected("bad-endpoint")).isEqualTo(2);
    }

    @Test
    void anOversizedAliveMessageIsRefused() {
        AliveMessage.Builder huge = content(other.identity, new Timestamp(100, 1), "");
        huge.getMembershipBuilder().setMetadata(ByteString.copyFrom(new byte[Alive.MAX_BYTES]));

        receive(signed(huge, other.identity));

        assertThat(peer.meters.rejected("oversized-alive")).isEqualTo(1);
    }

    @Test
    void aMessageOfAnotherKindIsRefused() {
        receive(SignedGossipMessage.unsigned(GossipMessage.getDefaultInstance()));

        assertThat(peer.meters.rejected("not-membership")).isEqualTo(1);
    }

    @Test
    void ourOwnAliveMessageIsNeitherLearnedNorPassedOn() {
        receive(alive(peer, 1, 1), peer.discovery.selfAlive());

        assertThat(peer.discovery.alive()).isEmpty();
        assertThat(peer.gossiped).isEmpty();
    }

    @Test
    void aLaterMessageThatBearsOurSignatureMakesUsGoBeyondIt() {
        long later = peer.loop.wallNanos() + Duration.ofHours(5).toNanos();

        receive(alive(peer, later, 3));

        Timestamp ours =
                Timestamp.of(peer.discovery.selfAlive().message().getAliveMsg().getTimestamp());
        assertThat(ours.incarnation()).isEqualTo(later + 1);
        assertThat(peer.incarnations.last()).isEqualTo(later + 1);
    }

    @Test
    void aForgedLaterMessageInOurNameChangesNothing() {
        long before = peer.incarnations.last();

        receive(forged(alive(peer, before + 10, 3)));

        assertThat(peer.incarnations.last()).isEqualTo(before);
    }

    @Test
    void anIdentityRevokedMeanwhileIsNoLongerBelieved() {
        receive(alive(other, 100, 1));
        peer.crypto.revoke(other.pkiId());

        receive(alive(other, 100, 2));

        assertThat(peer.meters.rejected("bad-alive-signature")).isEqualTo(1);
    }

    @Test
    void aPeerOfAnUnknownOrganisationIsRefused() {
        var stranger = ModelledCrypto.identity(new MspId("Org9MSP"), "stranger");

        receive(signed(content(stranger, new Timestamp(1, 1), "s:1").setIdentity(stranger.serialized()), stranger));

        assertThat(peer.discovery.lookup(stranger.pkiId())).isEmpty();
    }

    @Test
    void metadataThatOthersWouldRefuseIsRefusedHere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> peer.discovery.updateMetadata(ByteString.copyFrom(new byte[70_000])))
                .withMessageContaining("70000");
    }

    @Test
    void aRememberedPeerThatIsNotReadableIsPassedOver() {
        other.crash();
        TestPeer forgetful = network.peer(TestNetwork.ORG1, "forgetful");
        forgetful.saved = List.of(
                new MembershipSnapshotStore.SavedMember(ByteString.copyFromUtf8("garbage"), ""),
                new MembershipSnapshotStore.SavedMember(alive(other, 100, 1).wire(), "other:7051"));

        forgetful.start();
        receive();

        assertThat(forgetful.discovery.lookup(other.pkiId()))
                .hasValueSatisfying(
                        member -> assertThat(member.internalEndpoint()).isEqualTo("other:7051"));
        assertThat(forgetful.sees(other)).isFalse();
    }
}
