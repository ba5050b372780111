package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.pull.PullFrames;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.hyperledger.fabric.protos.gossip.GossipMessage.Tag;
import org.hyperledger.fabric.protos.gossip.PeerIdentity;
import org.junit.jupiter.api.Test;

/** Identities travel with their owner's signature, to those who may know them. */
class IdentityPullTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final MspId ORG3 = new MspId("Org3MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");

    private final FakeNetwork network = new FakeNetwork();

    private FakePeer peer(MspId organisation, String name) {
        return peer(organisation, name, name + ":7051");
    }

    private FakePeer peer(MspId organisation, String name, String external) {
        return network.peer(
                organisation,
                name,
                external,
                GossipConfig.defaults(),
                new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2, ORG3));
    }

    private static SignedGossipMessage identity(PkiId pkiId, ByteString identity, SigningIdentity signer) {
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(Tag.EMPTY)
                        .setPeerIdentity(PeerIdentity.newBuilder()
                                .setPkiId(pkiId.bytes())
                                .setCert(identity))
                        .build(),
                signer);
    }

    private static SignedGossipMessage identity(SigningIdentity of) {
        return identity(of.pkiId(), of.serialized(), of);
    }

    /** A peer that is asked for its digest claims these ids and delivers these items; by itself nobody answers. */
    private static void pulls(FakeNetwork network, FakePeer peer, FakePeer from, List<SignedGossipMessage> items) {
        network.passes = (receiver, message) -> message.type() != ContentCase.HELLO;
        network.runFor(Duration.ofMillis(4100));
        long nonce = network.sentTo(from.id(), message -> message.type() == ContentCase.HELLO)
                .get(0)
                .message()
                .getHello()
                .getNonce();
        PullFrames frames = PullFrames.ofIdentities();
        List<ByteString> ids = items.stream()
                .map(item -> item.message().getPeerIdentity().getPkiId())
                .toList();
        peer.receive(frames.digest(nonce, ids), from);
        network.runFor(Duration.ofSeconds(1));
        peer.receive(
                frames.update(
                        nonce, items.stream().map(SignedGossipMessage::envelope).toList()),
                from);
        network.settle();
    }

    private static List<ByteString> digestFor(FakePeer asked, FakePeer asking) {
        FakeReceived hello = asked.receive(PullFrames.ofIdentities().hello(99), asking);
        return Optional.of(hello.answers)
                .filter(answers -> !answers.isEmpty())
                .map(answers -> answers.get(0).message().getDataDig().getDigestsList().stream()
                        .toList())
                .orElse(List.of());
    }

    @Test
    void everybodyLearnsTheIdentitiesOfPeersItHasNeverMet() {
        List<FakePeer> peers = List.of(peer(ORG1, "a"), peer(ORG1, "b"), peer(ORG1, "c"), peer(ORG1, "d"));
        for (int next = 1; next < peers.size(); next++) {
            peers.get(next).meet(peers.get(next - 1));
            peers.get(next - 1).meet(peers.get(next));
        }

        network.runFor(Duration.ofSeconds(30));

        assertThat(peers).allSatisfy(peer -> {
            assertThat(peer.identities.all()).hasSize(4);
            assertThat(peer.gossip.identityPull().size()).isEqualTo(4);
        });
    }

    @Test
    void nobodyIsAskedWhileNoIdentityIsMissingAmongPeersWithExtensions() {
        FakePeer peer = peer(ORG1, "a");
        FakePeer other = peer(ORG1, "b");
        peer.meet(other);
        other.meet(peer);
        network.runFor(Duration.ofSeconds(10));
        assertThat(peer.gossip.identityPull().size()).isEqualTo(2);

        peer.membership.calm(other.id());
        int before = network.sent.size();
        network.runFor(Duration.ofSeconds(30));
        assertThat(network.count(sent -> sent.from().equals(peer.id())
                        && sent.message().type() == ContentCase.HELLO
                        && network.sent.indexOf(sent) >= before))
                .isZero();

        FakePeer newcomer = peer(ORG1, "c");
        other.meet(newcomer);
        newcomer.meet(other);
        peer.meet(newcomer);
        network.runFor(Duration.ofSeconds(30));
        assertThat(peer.gossip.identityPull().size()).isEqualTo(3);
    }

    /** As after a partition, when one who has refuted his death says nothing more, and what he said comes without his certificate. */
    @Test
    void theIdentityOfAStrangerIsAskedForThoughAllWhoAreKnownToBeAliveAreHeld() {
        FakePeer peer = peer(ORG1, "a");
        FakePeer other = peer(ORG1, "b");
        FakePeer stranger = peer(ORG1, "c");
        peer.meet(other);
        other.meet(peer);
        network.runFor(Duration.ofSeconds(10));
        peer.membership.calm(other.id());
        other.meet(stranger);
        stranger.meet(other);
        network.runFor(Duration.ofSeconds(10));
        assertThat(peer.identities.all()).hasSize(2);

        peer.membership.stranger();
        network.runFor(Duration.ofSeconds(10));

        assertThat(peer.identities.all()).hasSize(3);
    }

    @Test
    void oneBadItemDoesNotCostTheOthers() {
        FakePeer peer = peer(ORG1, "peer");
        FakePeer sender = peer(ORG1, "sender");
        peer.meet(sender);
        SigningIdentity good = ModelledCrypto.identity(ORG2, "good");
        SigningIdentity forged = ModelledCrypto.identity(ORG2, "forged");
        SigningIdentity mismatched = ModelledCrypto.identity(ORG2, "mismatched");
        SigningIdentity unknown = ModelledCrypto.identity(new MspId("Nobody"), "unknown");

        pulls(
                network,
                peer,
                sender,
                List.of(
                        identity(forged.pkiId(), forged.serialized(), good),
                        identity(mismatched.pkiId(), good.serialized(), good),
                        identity(unknown),
                        identity(good)));

        assertThat(peer.identities.organisationOf(good.pkiId())).contains(ORG2);
        assertThat(List.of(forged, mismatched, unknown))
                .noneMatch(each -> peer.identities.organisationOf(each.pkiId()).isPresent());
        assertThat(peer.meters.rejected("bad-identity-signature")).isEqualTo(1);
        assertThat(peer.meters.dropped("identity-of-unknown-organisation")).isEqualTo(1);
        assertThat(peer.meters.rejected("pki-id-mismatch")).isEqualTo(1);
    }

    @Test
    void aHeldIdentityIsNotAskedForAgainUntilItIsRemoved() {
        FakePeer peer = peer(ORG1, "peer");
        FakePeer other = peer(ORG1, "other");
        peer.meet(other);
        other.meet(peer);
        network.runFor(Duration.ofSeconds(20));
        long asked = network.count(sent -> sent.message().type() == ContentCase.DATA_REQ);
        assertThat(asked).isEqualTo(2);

        peer.gossip.identityRemoved(other.id());
        network.runFor(Duration.ofSeconds(5));

        assertThat(network.count(sent -> sent.message().type() == ContentCase.DATA_REQ))
                .isEqualTo(asked + 1);
    }

    @Test
    void ourOwnIdentityIsAlwaysOffered() {
        FakePeer peer = peer(ORG1, "peer");
        FakePeer other = peer(ORG1, "other");
        peer.meet(other);

        network.runFor(Duration.ofHours(3));

        assertThat(digestFor(peer, other)).contains(peer.id().bytes());
    }

    @Test
    void foreignersAreOfferedOursAndTheirOwnWithExternalEndpointsOnly() {
        FakePeer peer = peer(ORG1, "peer");
        List<FakePeer> all = List.of(
                peer(ORG1, "public"),
                peer(ORG1, "hidden", ""),
                peer(ORG2, "foreigner"),
                peer(ORG2, "foreignerToo"),
                peer(ORG3, "third"));
        network.acquaint();
        pulls(
                network,
                peer,
                all.get(0),
                all.stream().map(each -> identity(each.identity)).toList());

        assertThat(digestFor(peer, all.get(0))).hasSize(6);
        assertThat(digestFor(peer, all.get(2)))
                .containsExactlyInAnyOrder(
                        peer.id().bytes(),
                        all.get(0).id().bytes(),
                        all.get(2).id().bytes(),
                        all.get(3).id().bytes());
    }

    @Test
    void anUnknownRequesterIsOfferedNothing() {
        FakePeer peer = peer(ORG1, "peer");

        assertThat(digestFor(peer, peer(ORG2, "unmet"))).isEmpty();
    }
}
