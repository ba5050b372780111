package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one peer makes of the blocks that others push to it. */
class BlocksTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final MspId STRANGERS = new MspId("StrangersMSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");
    private static final List<ByteString> CHAIN = ModelledCrypto.chain(CHANNEL, 30, 100);

    private final FakeNetwork network = new FakeNetwork();
    private final FakePeer peer = peer(ORG1, "peer");
    private final FakePeer friend = peer(ORG1, "friend");
    private final FakePeer other = peer(ORG1, "other");
    private final FakePeer foreigner = peer(ORG2, "foreigner");
    private final FakePeer stranger = peer(STRANGERS, "stranger");

    private FakePeer peer(MspId organisation, String name) {
        return network.peer(
                organisation,
                name,
                GossipConfig.defaults(),
                new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2, STRANGERS));
    }

    @BeforeEach
    void givenPeersOfOneChannelAndAStranger() {
        List.of(peer, friend, other, foreigner).forEach(each -> each.join(CHANNEL, ORG1, ORG2));
        network.acquaint();
        network.runFor(Duration.ofSeconds(10));
        network.sent.clear();
    }

    private static SignedGossipMessage block(int number) {
        return Messages.block(CHANNEL, number, CHAIN.get(number));
    }

    @Test
    void deliversAndForwardsAGoodBlockOnceAndReleasesTheLink() {
        FakeReceived first = peer.receive(block(3), friend);
        network.settle();
        FakeReceived again = peer.receive(block(3), other);
        network.settle();

        assertThat(peer.deliveredNumbers()).containsExactly(3L);
        assertThat(peer.crypto.blocksVerified).isEqualTo(1);
        assertThat(first.holds).isEqualTo(first.releases).isEqualTo(1);
        assertThat(again.holds).isEqualTo(again.releases);
        assertThat(network.sentTo(other.id(), message -> message.type() == ContentCase.DATA_MSG))
                .hasSize(1);
        assertThat(network.count(
                        sent -> sent.from().equals(peer.id()) && sent.to().equals(friend.id())))
                .as("nothing goes back to where it came from")
                .isZero();
    }

    @Test
    void aBlockFromAnotherOrganisationOfTheChannelIsTaken() {
        peer.receive(block(3), foreigner);
        network.settle();

        assertThat(peer.deliveredNumbers()).containsExactly(3L);
    }

    @Test
    void aBlockFromOutsideTheChannelsOrganisationsIsRefused() {
        peer.receive(block(3), stranger);
        network.settle();

        assertThat(peer.delivered).isEmpty();
        assertThat(peer.crypto.blocksVerified).isZero();
        assertThat(peer.meters.rejected("not-of-the-channel")).isEqualTo(1);
    }

    @Test
    void badBlocksAreRefusedBeforeAnybodyHearsOfThem() {
        ByteString good = CHAIN.get(4);
        ByteString foreignChannel =
                ModelledCrypto.chain(new ChannelId("elsewhere"), 5, 10).get(4);
        List<SignedGossipMessage> bad = List.of(
                Messages.block(CHANNEL, 5, good),
                Messages.block(CHANNEL, 4, foreignChannel),
                Messages.block(CHANNEL, 4, good.substring(0, good.size() - 3)),
                Messages.block(CHANNEL, 4, ByteString.copyFromUtf8("garbage")),
                Messages.block(CHANNEL, Payload.newBuilder().setSeqNum(4)),
                Messages.block(CHANNEL, Payload.newBuilder()));

        List<FakeReceived> received =
                bad.stream().map(message -> peer.receive(message, friend)).toList();
        network.settle();

        assertThat(peer.delivered).isEmpty();
        assertThat(network.sent).isEmpty();
        assertThat(received).allSatisfy(each -> assertThat(each.releases).isEqualTo(each.holds));
        peer.receive(block(4), friend);
        network.settle();
        assertThat(peer.deliveredNumbers())
                .as("the true block still comes through")
                .containsExactly(4L);
    }

    @Test
    void copiesThatArriveDuringTheVerificationAreNotVerifiedAgain() {
        peer.node.setWorkDuration(Duration.ofMillis(20));

        FakeReceived first = peer.receive(block(3), friend);
        FakeReceived second = peer.receive(block(3), other);
        network.settle();

        assertThat(peer.crypto.blocksVerified).isEqualTo(1);
        assertThat(peer.deliveredNumbers()).containsExactly(3L);
        assertThat(first.releases + second.releases).isEqualTo(2);
    }

    @Test
    void aLiarWithTheTrueHeaderCannotSuppressTheTrueBlockByBeingFirst() throws Exception {
        peer.node.setWorkDuration(Duration.ofMillis(20));
        Block.Builder forged = Block.parseFrom(CHAIN.get(3)).toBuilder();
        forged.getDataBuilder().clearData();

        peer.receive(Messages.block(CHANNEL, 3, forged.build().toByteString()), other);
        peer.receive(block(3), friend);
        network.runFor(Duration.ofMillis(100));

        assertThat(peer.deliveredNumbers()).containsExactly(3L);
    }

    @Test
    void anotherBlockOfAVerifiedNumberIsALie() {
        ByteString fork = ModelledCrypto.block(CHANNEL, 3, ByteString.EMPTY, List.of(ByteString.copyFromUtf8("fork")));
        peer.receive(block(3), friend);
        network.settle();

        peer.receive(Messages.block(CHANNEL, 3, fork), friend);
        network.settle();

        assertThat(peer.meters.rejected("conflicting-block")).isEqualTo(1);
        assertThat(peer.delivered).hasSize(1);
    }

    @Test
    void garbageAroundABlockIsNotPassedOn() {
        SignedGossipMessage poisoned = Messages.block(
                CHANNEL,
                Payload.newBuilder()
                        .setSeqNum(3)
                        .setData(CHAIN.get(3))
                        .addPrivateData(ByteString.copyFromUtf8("garbage")));

        peer.receive(poisoned, friend);
        network.settle();

        assertThat(peer.deliveredNumbers()).containsExactly(3L);
        assertThat(network.sentTo(other.id(), message -> message.type() == ContentCase.DATA_MSG))
                .isNotEmpty()
                .allMatch(message -> message.message().getDataMsg().getPayload().getPrivateDataCount() == 0);
    }

    @Test
    void aPrematureBlockWaitsForItsConfigurationAndItsSenderIsNotBlamed() {
        peer.crypto.prematureFrom = 5;
        FakeReceived received = peer.receive(block(5), friend);
        peer.receive(block(5), other);
        network.settle();
        assertThat(peer.delivered).isEmpty();
        assertThat(received.releases).isEqualTo(1);

        peer.crypto.prematureFrom = Long.MAX_VALUE;
        peer.channel(CHANNEL).configurationApplied();
        network.settle();

        assertThat(peer.deliveredNumbers()).containsExactly(5L);
        assertThat(received.releases).isEqualTo(1);
        assertThat(peer.meters.rejected("premature")).isZero();
    }

    @Test
    void anExpiredBlockIsDeliveredAgainOnlyAfterTwiceItsLife() {
        peer.receive(block(3), friend);
        network.runFor(Duration.ofSeconds(410));
        peer.receive(block(3), friend);
        network.settle();
        assertThat(peer.delivered).hasSize(1);

        network.runFor(Duration.ofSeconds(410));
        peer.receive(block(3), friend);
        network.settle();
        assertThat(peer.delivered).hasSize(2);
    }

    @Test
    void aBlockOfOurOwnIsNotDeliveredBackAndNotTakenFromOthers() {
        peer.channel(CHANNEL).gossip(Messages.verified(peer.crypto.modelled, CHANNEL, 3, CHAIN.get(3)));
        network.settle();
        peer.receive(block(3), friend);
        network.settle();

        assertThat(peer.delivered).isEmpty();
        assertThat(friend.deliveredNumbers()).containsExactly(3L);
        assertThat(peer.crypto.blocksVerified).isZero();
    }
}
