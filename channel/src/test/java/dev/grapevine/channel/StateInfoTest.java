package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Chaincode;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.junit.jupiter.api.Test;

/** State info: published, relayed, judged, forgotten. */
class StateInfoTest extends StateInfoFixture {
    @Test
    void isPublishedAtTheTickAfterAChangeAndOnlyThen() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();
        peer.channel(CHANNEL).updateLedgerHeight(7);
        network.runFor(PUBLISH);
        assertThat(network.sentTo(other.id(), StateInfoFixture::isStateInfo)).hasSize(1);

        network.runFor(Duration.ofSeconds(20));
        assertThat(network.sentTo(other.id(), StateInfoFixture::isStateInfo)).hasSize(1);

        peer.channel(CHANNEL).updateLedgerHeight(8);
        network.runFor(PUBLISH);
        List<SignedGossipMessage> published = network.sentTo(other.id(), StateInfoFixture::isStateInfo);
        assertThat(published).hasSize(2);
        StateInfo info = published.get(1).message().getStateInfo();
        assertThat(info.getProperties().getLedgerHeight()).isEqualTo(8);
        assertThat(published.get(1).message().getChannel()).isEmpty();
        assertThat(Timestamp.of(info.getTimestamp())
                        .isNewerThan(Timestamp.of(
                                published.get(0).message().getStateInfo().getTimestamp())))
                .isTrue();
    }

    @Test
    void isNeitherSignedNorSentWhileNobodyIsThereExceptForChaincodes() {
        FakePeer peer = joined(ORG1, "a");
        network.runFor(Duration.ofSeconds(20));
        assertThat(snapshotFor(peer, joined(ORG1, "b")))
                .singleElement()
                .satisfies(snapshot -> assertThat(subjects(snapshot)).isEmpty());

        peer.channel(CHANNEL)
                .updateChaincodes(List.of(
                        Chaincode.newBuilder().setName("cc").setVersion("1").build()));

        assertThat(snapshotFor(peer, joined(ORG1, "c")))
                .singleElement()
                .satisfies(snapshot -> assertThat(subjects(snapshot)).containsExactly(peer.id()));
    }

    @Test
    void aChaincodeChangeIsPublishedAtOnce() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();

        peer.channel(CHANNEL)
                .updateChaincodes(List.of(
                        Chaincode.newBuilder().setName("cc").setVersion("1").build()));
        network.settle();

        assertThat(other.channel(CHANNEL).peers())
                .singleElement()
                .satisfies(seen -> assertThat(seen.chaincodes()).hasSize(1));
    }

    @Test
    void aClockSetBackDoesNotLockAPeerOut() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();
        peer.channel(CHANNEL).updateLedgerHeight(7);
        network.runFor(PUBLISH);

        peer.node.setClockOffset(Duration.ofHours(-1));
        peer.channel(CHANNEL).updateLedgerHeight(8);
        network.runFor(PUBLISH);

        assertThat(other.channel(CHANNEL).peers())
                .singleElement()
                .satisfies(seen -> assertThat(seen.ledgerHeight()).isEqualTo(8));
    }

    @Test
    void makesAPeerEligibleAndIsReportedToTheListener() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();
        List<Long> heights = new ArrayList<>();
        peer.channel(CHANNEL).onStateInfo(seen -> heights.add(seen.ledgerHeight()));
        assertThat(peer.channel(CHANNEL).view().isEligible(other.id())).isFalse();

        peer.receive(Messages.signedStateInfo(CHANNEL, other.identity, 5, 9), other);
        peer.receive(Messages.signedStateInfo(CHANNEL, other.identity, 5, 9), other);
        network.settle();

        assertThat(peer.channel(CHANNEL).view().isEligible(other.id())).isTrue();
        assertThat(heights).containsExactly(9L);
    }

    @Test
    void aBadOneIsRefused() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();
        List<SignedGossipMessage> bad = List.of(
                Messages.signed(
                        Messages.stateInfo(CHANNEL, other.identity, 5, 9).clearTimestamp(), other.identity),
                Messages.signed(
                        Messages.stateInfo(CHANNEL, other.identity, 5, 9).clearPkiId(), other.identity),
                Messages.signed(Messages.stateInfo(CHANNEL, other.identity, 5, 9), peer.identity),
                Messages.signed(
                        Messages.stateInfo(CHANNEL, other.identity, 5, 9).setChannelMAC(ByteString.EMPTY),
                        other.identity),
                SignedGossipMessage.unsigned(
                        Messages.signedStateInfo(CHANNEL, other.identity, 5, 9).message()));

        bad.forEach(message -> peer.receive(message, other));
        network.settle();

        assertThat(peer.channel(CHANNEL).view().isEligible(other.id())).isFalse();
    }

    @Test
    void ofAnIdentityNotPulledYetItIsDroppedAndWhoPassedItOnIsNotBlamed() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer relay = joined(ORG1, "b");
        network.acquaint();
        SigningIdentity unknown = ModelledCrypto.identity(ORG1, "newcomer");
        SignedGossipMessage info = Messages.signedStateInfo(CHANNEL, unknown, 5, 9);

        peer.receive(info, relay);
        network.settle();
        assertThat(peer.meters.dropped("state-info-of-unknown-identity")).isEqualTo(1);
        assertThat(peer.meters.rejected("not-of-the-channel")).isZero();

        peer.identities.put(unknown.pkiId(), unknown.serialized(), peer.node.wallTime());
        peer.receive(info, relay);
        network.settle();
        assertThat(peer.channel(CHANNEL).view().isEligible(unknown.pkiId())).isTrue();
    }

    @Test
    void ofAKnownPeerOfNoOrganisationOfTheChannelItIsRefused() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer relay = joined(ORG1, "b");
        network.acquaint();
        SigningIdentity foreign = ModelledCrypto.identity(ORG2, "foreign");
        peer.identities.put(foreign.pkiId(), foreign.serialized(), peer.node.wallTime());
        peer.channel(CHANNEL).configure(JoinMessage.of(2, ORG1));

        peer.receive(Messages.signedStateInfo(CHANNEL, foreign, 5, 9), relay);

        assertThat(peer.meters.rejected("not-of-the-channel")).isEqualTo(1);
    }

    @Test
    void ofADuplicateNoSignatureIsChecked() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();
        peer.receive(Messages.signedStateInfo(CHANNEL, other.identity, 5, 9), other);
        network.settle();
        int checked = peer.crypto.readersVerified;

        peer.receive(Messages.signedStateInfo(CHANNEL, other.identity, 5, 9), other);
        peer.receive(Messages.signedStateInfo(CHANNEL, other.identity, 4, 9), other);
        network.settle();

        assertThat(peer.crypto.readersVerified).isEqualTo(checked);
    }

    @Test
    void staysWhileDiscoveryKnowsThePeerAndGoesWhenItIsForgotten() {
        FakePeer peer = joined(ORG1, "a");
        FakePeer other = joined(ORG1, "b");
        network.acquaint();
        network.runFor(Duration.ofSeconds(10));
        peer.membership.dies(other.id());
        network.runFor(Duration.ofSeconds(60));
        assertThat(peer.channel(CHANNEL).view().isEligible(other.id())).isTrue();
        assertThat(peer.channel(CHANNEL).peers())
                .as("only the living are in the view")
                .isEmpty();

        peer.membership.forget(other.id());
        network.runFor(Duration.ofSeconds(25));

        assertThat(subjects(snapshotFor(peer, other).get(0))).doesNotContain(other.id());
    }

    @Test
    void ofAChannelWeHaveNotJoinedIsPassedOnOnceWithinOurOrganisation() {
        FakePeer outsider = peer(ORG1, "outsider", "outsider:7051");
        FakePeer member = joined(ORG1, "member");
        FakePeer colleague = joined(ORG1, "colleague");
        FakePeer foreigner = joined(ORG2, "foreigner");
        network.acquaint();
        SignedGossipMessage info = Messages.signedStateInfo(CHANNEL, member.identity, 1, 1);

        outsider.receive(info, member);
        outsider.receive(info, member);
        outsider.receive(Messages.signedStateInfo(CHANNEL, foreigner.identity, 1, 1), foreigner);
        network.settle();

        assertThat(network.count(sent -> sent.from().equals(outsider.id()) && isStateInfo(sent.message())))
                .isEqualTo(1);
        assertThat(network.sentTo(colleague.id(), StateInfoFixture::isStateInfo))
                .hasSize(1);
    }
}
