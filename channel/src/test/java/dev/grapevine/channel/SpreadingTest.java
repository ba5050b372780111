package dev.grapevine.channel;

import static dev.grapevine.channel.Messages.verified;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.push.PushConfig;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.TagLegality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.hyperledger.fabric.protos.gossip.PullMsgType;
import org.junit.jupiter.api.Test;

/** Given peers of one channel that know each other's state info, blocks reach all of them, by push and by pull alone. */
class SpreadingTest {
    private static final MspId ORG1 = new MspId("Org1MSP");
    private static final MspId ORG2 = new MspId("Org2MSP");
    private static final ChannelId CHANNEL = new ChannelId("lab");
    private static final List<ByteString> CHAIN = ModelledCrypto.chain(CHANNEL, 8, 500);

    private final FakeNetwork network = new FakeNetwork();
    private final List<FakePeer> peers = new ArrayList<>();

    private FakePeer add(MspId organisation, String name, GossipConfig config) {
        FakePeer peer =
                network.peer(organisation, name, config, new ModelledCrypto(organisation).join(CHANNEL, ORG1, ORG2));
        peer.join(CHANNEL, ORG1, ORG2);
        peers.add(peer);
        return peer;
    }

    private void given(int count, GossipConfig config) {
        for (int number = 0; number < count; number++) {
            add(ORG1, "peer" + number, config);
        }
        network.acquaint();
        network.runFor(Duration.ofSeconds(10));
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.channel(CHANNEL).peers()).hasSize(network.peers.size() - 1));
    }

    private void leaderGossips(long from, long to) {
        FakePeer leader = peers.get(0);
        LongStream.range(from, to)
                .forEach(number -> leader.channel(CHANNEL)
                        .gossip(verified(leader.crypto, CHANNEL, number, CHAIN.get((int) number))));
    }

    private static boolean isBlockPull(SignedGossipMessage message) {
        return TagLegality.pullType(message.message()) == PullMsgType.BLOCK_MSG;
    }

    @Test
    void blocksReachEverybodyByPushAlone() {
        given(8, GossipConfig.defaults().withPush(PushConfig.defaults().withPeers(5)));
        network.passes = (receiver, message) -> !isBlockPull(message);

        leaderGossips(1, 8);
        network.settle();

        peers.stream()
                .skip(1)
                .forEach(follower ->
                        assertThat(follower.deliveredNumbers()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L));
    }

    @Test
    void blocksReachEverybodyByPullAlone() {
        given(8, GossipConfig.defaults());
        network.passes = (receiver, message) -> message.type() != ContentCase.DATA_MSG;

        leaderGossips(1, 8);
        network.runFor(Duration.ofSeconds(40));

        peers.stream()
                .skip(1)
                .forEach(follower ->
                        assertThat(follower.deliveredNumbers()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L));
    }

    @Test
    void everyPeerVerifiesEveryBlockOnceAndDeliversItOnce() {
        given(6, GossipConfig.defaults());
        int already = peers.get(1).crypto.blocksVerified;

        leaderGossips(1, 8);
        network.runFor(Duration.ofSeconds(20));

        peers.stream().skip(1).forEach(follower -> {
            assertThat(follower.delivered).hasSize(7);
            assertThat(follower.crypto.blocksVerified - already).isEqualTo(7);
        });
    }

    @Test
    void aSenderDoesNotGetItsOwnBlockBack() {
        given(2, GossipConfig.defaults());

        leaderGossips(1, 3);
        network.settle();

        PkiId leader = peers.get(0).id();
        assertThat(peers.get(1).delivered).hasSize(2);
        assertThat(network.sentTo(leader, message -> message.type() == ContentCase.DATA_MSG))
                .isEmpty();
    }

    @Test
    void forwardsTheVeryBytesThatCameIn() {
        given(3, GossipConfig.defaults());

        leaderGossips(1, 2);
        network.settle();

        List<ByteString> wires = network.sent.stream()
                .filter(sent -> sent.message().type() == ContentCase.DATA_MSG)
                .map(sent -> sent.message().wire())
                .toList();
        assertThat(wires).hasSizeGreaterThan(2);
        assertThat(new HashSet<>(wires)).hasSize(1);
    }

    @Test
    void blocksAndLeadershipNeverLeaveTheOrganisation() {
        FakePeer foreign = add(ORG2, "foreign", GossipConfig.defaults());
        peers.remove(foreign);
        given(3, GossipConfig.defaults());

        leaderGossips(1, 3);
        peers.get(0).channel(CHANNEL).gossipLeadership(Messages.leadership(CHANNEL, peers.get(0).identity, 1));
        network.runFor(Duration.ofSeconds(10));

        assertThat(peers.get(1).delivered).hasSize(2);
        assertThat(network.sentTo(
                        foreign.id(),
                        message -> message.type() == ContentCase.DATA_MSG
                                || message.type() == ContentCase.LEADERSHIP_MSG
                                || isBlockPull(message)))
                .isEmpty();
    }

    @Test
    void leadershipMessagesReachAllOfTheOrganisationAndAreNotRelayed() {
        given(8, GossipConfig.defaults());
        List<SignedGossipMessage> heard = new ArrayList<>();
        peers.forEach(peer -> peer.channel(CHANNEL).onLeadership(heard::add));

        peers.get(0).channel(CHANNEL).gossipLeadership(Messages.leadership(CHANNEL, peers.get(0).identity, 1));
        network.settle();

        assertThat(heard).hasSize(7);
        assertThat(network.count(sent -> sent.message().type() == ContentCase.LEADERSHIP_MSG))
                .isEqualTo(7);
    }

    @Test
    void anIdleChannelSendsNoBlocksAndNoLeadership() {
        given(3, GossipConfig.defaults());
        network.sent.clear();

        network.runFor(Duration.ofSeconds(20));

        assertThat(network.sent)
                .noneMatch(sent -> sent.message().type() == ContentCase.DATA_MSG
                        || sent.message().type() == ContentCase.LEADERSHIP_MSG
                        || sent.message().type() == ContentCase.STATE_INFO);
    }
}
