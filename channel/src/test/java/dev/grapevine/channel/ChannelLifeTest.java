package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.channel.pull.PullFrames;
import dev.grapevine.channel.spread.BlockSpread;
import dev.grapevine.channel.spread.SpreadConfig;
import dev.grapevine.channel.store.BlockStore;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.hyperledger.fabric.protos.gossip.PullMsgType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Joining, reconfiguring, leaving; who may take part in what. */
class ChannelLifeTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");
    private static final List<ByteString> CHAIN = ModelledCrypto.chain(CHANNEL, 30, 100);

    private final FakeNetwork network = new FakeNetwork();
    private final FakePeer peer = peer(ORG1, "peer");
    private final FakePeer friend = peer(ORG1, "friend");
    private final FakePeer foreigner = peer(ORG2, "foreigner");
    private GossipChannel channel;

    private FakePeer peer(MspId organisation, String name) {
        return network.peer(
                organisation,
                name,
                GossipConfig.defaults(),
                new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2));
    }

    @BeforeEach
    void givenThreePeersOfTwoOrganisations() {
        List.of(peer, friend, foreigner).forEach(each -> each.join(CHANNEL, ORG1, ORG2));
        network.acquaint();
        network.runFor(Duration.ofSeconds(10));
        network.sent.clear();
        channel = peer.channel(CHANNEL);
    }

    private static boolean isHello(SignedGossipMessage message) {
        return message.type() == ContentCase.HELLO
                && message.message().getHello().getMsgType() == PullMsgType.BLOCK_MSG;
    }

    private static SignedGossipMessage hello(long nonce) {
        return PullFrames.ofBlocks(CHANNEL).hello(nonce);
    }

    private void peerHasBlock(int number) {
        channel.gossip(Messages.verified(peer.crypto.modelled, CHANNEL, number, CHAIN.get(number)));
    }

    @Test
    void theViewHoldsTheLivingEligiblePeersOfAllOrganisations() {
        assertThat(channel.peers())
                .extracting(ChannelPeer::pkiId)
                .containsExactlyInAnyOrder(friend.id(), foreigner.id());
        assertThat(peer.meters.gaugeOf("gossip_membership_total_peers_known", "lab"))
                .isEqualTo(2);
    }

    @Test
    void afterLeavingNobodyIsInTheViewAndOthersSeeUsNoMore() {
        channel.leave();
        network.runFor(Duration.ofSeconds(9));

        assertThat(channel.peers()).isEmpty();
        assertThat(friend.channel(CHANNEL).peers())
                .extracting(ChannelPeer::pkiId)
                .containsExactly(foreigner.id());
    }

    @Test
    void afterLeavingNothingIsPulledOrAnsweredAndBlocksAreDropped() {
        peerHasBlock(1);
        channel.leave();
        network.settle();
        network.sent.clear();

        FakeReceived received = peer.receive(hello(1), friend);
        peer.receive(Messages.block(CHANNEL, 2, CHAIN.get(2)), friend);
        network.runFor(Duration.ofSeconds(20));

        assertThat(received.answers).isEmpty();
        assertThat(peer.delivered).isEmpty();
        assertThat(network.count(sent -> sent.from().equals(peer.id()) && isHello(sent.message())))
                .isZero();
    }

    @Test
    void afterLeavingStateInfoIsStillExchanged() {
        channel.leave();

        FakeReceived request = peer.receive(Messages.stateInfoRequest(CHANNEL, friend.identity), friend);

        assertThat(request.answers).hasSize(1);
    }

    @Test
    void aChannelThatWasLeftCanBeJoinedAgain() {
        channel.leave();
        network.runFor(Duration.ofSeconds(9));

        peer.join(CHANNEL, ORG1, ORG2);
        network.runFor(Duration.ofSeconds(9));

        assertThat(peer.channel(CHANNEL).peers()).hasSize(2);
        assertThat(friend.channel(CHANNEL).peers())
                .extracting(ChannelPeer::pkiId)
                .contains(peer.id());
    }

    @Test
    void aClockSetBackDoesNotHideThatAChannelWasJoinedAgain() {
        peer.gossip.incarnation(peer.node.wallNanos());
        channel.leave();
        network.runFor(Duration.ofSeconds(9));
        peer.node.setClockOffset(Duration.ofHours(-1));

        peer.join(CHANNEL, ORG1, ORG2);
        network.runFor(Duration.ofSeconds(9));

        assertThat(friend.channel(CHANNEL).peers())
                .extracting(ChannelPeer::pkiId)
                .contains(peer.id());
    }

    @Test
    void aForeignHelloIsNotAnsweredAndForeignersAreNotAsked() {
        peerHasBlock(1);

        FakeReceived own = peer.receive(hello(1), friend);
        FakeReceived foreign = peer.receive(hello(2), foreigner);
        network.runFor(Duration.ofSeconds(20));

        assertThat(own.answers).hasSize(1);
        assertThat(foreign.answers).isEmpty();
        assertThat(network.sentTo(foreigner.id(), ChannelLifeTest::isHello)).isEmpty();
    }

    @Test
    void aHelloOfAPeerWithoutStateInfoIsNotAnswered() {
        peerHasBlock(1);
        FakePeer newcomer = peer(ORG1, "newcomer");
        peer.meet(newcomer);

        FakeReceived received = peer.receive(hello(1), newcomer);

        assertThat(received.answers).isEmpty();
        assertThat(peer.meters.dropped("pull-of-ineligible-peer")).isEqualTo(1);
    }

    @Test
    void onlyTheNewestWindowIsOffered() {
        for (int number = 1; number < 30; number++) {
            peerHasBlock(number);
        }

        FakeReceived received = peer.receive(hello(1), friend);

        assertThat(received.answers.get(0).message().getDataDig().getDigestsList())
                .extracting(ByteString::toStringUtf8)
                .containsExactly("19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29");
    }

    @Test
    void blocksBelowOurHeightAreNotPulled() {
        friend.channel(CHANNEL).updateLedgerHeight(6);
        network.passes = (receiver, message) -> message.type() != ContentCase.DATA_MSG;
        for (int number = 1; number < 8; number++) {
            peerHasBlock(number);
        }

        network.runFor(Duration.ofSeconds(12));

        assertThat(friend.deliveredNumbers()).containsExactlyInAnyOrder(6L, 7L);
    }

    @Test
    void idsThatAreNoBlockNumbersAreSkipped() {
        BlockStore store = new BlockStore(new Supersession(10), 11, 1000, peer.node, Duration.ofSeconds(1));
        Verifications verifications = new Verifications(peer.node, 1);
        StateInfoCache cache = new StateInfoCache(new Supersession(10), 1);
        ChannelStateInfo stateInfo = new ChannelStateInfo(
                peer.ports, GossipConfig.defaults(), CHANNEL, channel.view(), cache, 1, verifications, pushed -> {});
        StateInfoPublisher own = stateInfo.own();
        BlockSpread spread = new BlockSpread(
                peer.node,
                SpreadConfig.defaults(),
                1,
                new ChannelAudience(
                        peer.ports, CHANNEL, channel.view(), own, stateInfo, store, SpreadConfig.defaults()),
                peer.ports::drop);
        BlockIntake intake = new BlockIntake(
                peer.ports,
                CHANNEL,
                channel.view(),
                store,
                new PrematureBlocks(1),
                verifications,
                spread,
                pushed -> {});
        BlockPull items = new BlockPull(channel.view(), own, store, 11, intake);

        assertThat(List.of("7", "18446744073709551615")).allMatch(id -> items.isWanted(ByteString.copyFromUtf8(id)));
        assertThat(List.of("", "0", "07", "+7", "-7", "x", "1e3", "18446744073709551616", "7 ", "٧"))
                .noneMatch(id -> items.isWanted(ByteString.copyFromUtf8(id)));
    }

    @Test
    void aRemovedOrganisationLosesEveryContact() {
        peer.gossip.join(CHANNEL, JoinMessage.of(2, ORG1));
        network.settle();

        assertThat(channel.peers()).extracting(ChannelPeer::pkiId).containsExactly(friend.id());
        assertThat(channel.view().isEligible(foreigner.id())).isFalse();
        peer.receive(Messages.block(CHANNEL, 2, CHAIN.get(2)), foreigner);
        FakeReceived request = peer.receive(Messages.stateInfoRequest(CHANNEL, foreigner.identity), foreigner);
        peer.receive(Messages.signedStateInfo(CHANNEL, foreigner.identity, Long.MAX_VALUE, 1), friend);
        network.settle();
        assertThat(peer.delivered).isEmpty();
        assertThat(request.answers).isEmpty();
        assertThat(channel.view().isEligible(foreigner.id())).isFalse();
    }

    @Test
    void anOutdatedOrEmptyConfigurationIsIgnored() {
        channel.configure(JoinMessage.of(5, ORG1, ORG2));
        channel.configure(JoinMessage.of(4, ORG1));
        channel.configure(JoinMessage.of(6));

        assertThat(channel.organisations()).containsExactly(ORG1, ORG2);
        assertThat(channel.peers()).hasSize(2);
    }

    @Test
    void aPeerThatMayReadNoMoreLosesItsEligibility() {
        peer.crypto.modelled.revoke(friend.id());

        channel.configurationApplied();
        network.settle();

        assertThat(channel.view().isEligible(friend.id())).isFalse();
        assertThat(channel.view().isEligible(foreigner.id())).isTrue();
    }

    @Test
    void aPeerWhoseIdentityIsGoneIsNotEligible() {
        peer.crypto.modelled.revoke(friend.id());
        peer.identities.revalidate();

        assertThat(channel.view().isEligible(friend.id())).isFalse();
        assertThat(channel.peers()).extracting(ChannelPeer::pkiId).containsExactly(foreigner.id());
    }

    @Test
    void leadershipIsTakenFromOurOwnOrganisationOnlyAndOnce() {
        List<SignedGossipMessage> heard = new ArrayList<>();
        channel.onLeadership(heard::add);

        peer.receive(Messages.leadership(CHANNEL, friend.identity, 1), friend);
        peer.receive(Messages.leadership(CHANNEL, friend.identity, 1), friend);
        peer.receive(Messages.leadership(CHANNEL, foreigner.identity, 1), foreigner);
        peer.receive(Messages.leadership(CHANNEL, friend.identity, 2), foreigner);
        peer.receive(Messages.leadership(CHANNEL, foreigner.identity, 2), friend);
        network.settle();

        assertThat(heard).hasSize(1);
        assertThat(peer.meters.rejected("foreign-leadership-message")).isEqualTo(3);
    }

    @Test
    void forgedOrIncompleteLeadershipIsRefused() {
        List<SignedGossipMessage> heard = new ArrayList<>();
        channel.onLeadership(heard::add);
        SignedGossipMessage good = Messages.leadership(CHANNEL, friend.identity, 1);

        peer.receive(SignedGossipMessage.signed(good.message(), peer.identity), friend);
        peer.receive(SignedGossipMessage.unsigned(good.message()), friend);
        GossipMessage.Builder timeless = good.message().toBuilder();
        timeless.getLeadershipMsgBuilder().clearTimestamp();
        peer.receive(SignedGossipMessage.signed(timeless.build(), friend.identity), friend);
        network.settle();

        assertThat(heard).isEmpty();
        assertThat(peer.meters.rejected("bad-leadership-signature")).isEqualTo(1);
        assertThat(peer.meters.rejected("malformed-leadership-message")).isEqualTo(2);
    }

    @Test
    void sendsToAMemberByItsPkiId() {
        channel.send(hello(1), friend.id());

        assertThat(network.sentTo(friend.id(), ChannelLifeTest::isHello)).hasSize(1);
    }

    @Test
    void nothingIsSentAfterTheNodeWasStopped() {
        peer.gossip.stop();
        network.settle();
        network.sent.clear();

        network.runFor(Duration.ofSeconds(30));

        assertThat(network.count(sent -> sent.from().equals(peer.id())
                        && sent.message().type() != ContentCase.STATE_SNAPSHOT
                        && sent.message().type() != ContentCase.DATA_DIG))
                .isZero();
    }
}
