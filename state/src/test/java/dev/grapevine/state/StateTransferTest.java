package dev.grapevine.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.hyperledger.fabric.protos.gossip.RemoteStateRequest;
import org.hyperledger.fabric.protos.gossip.RemoteStateResponse;
import org.junit.jupiter.api.Test;

/** How peers get what they miss from each other, in virtual time. */
class StateTransferTest {
    @Test
    void fifteenPeersConvergeOnALongChain() {
        Network network = new Network(1, Chain.of(300));
        network.peer("p0", 300);
        for (int peer = 1; peer < 15; peer++) {
            network.peer("p" + peer, 1);
        }
        network.start();

        assertThat(network.allReach(300, Duration.ofSeconds(20))).isTrue();

        assertThat(network.peers.values())
                .allSatisfy(peer -> assertThat(peer.blocks()).isEqualTo(network.chain.blocks()));
    }

    @Test
    void catchesUpAThousandBlocksInASecondFromTwoPeers() {
        Network network = new Network(2, Chain.of(1000));
        network.peer("a", 1000);
        network.peer("b", 1000);
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.allReach(1000, Duration.ofSeconds(1))).isTrue();

        assertThat(late.committed).hasSize(999).isSorted();
        assertThat(late.numbers.of("gossip_state_height")).isEqualTo(1000);
        assertThat(late.numbers.of("gossip_state_commit_duration")).isEqualTo(999);
    }

    @Test
    void asksForMissingBlocksInRangesThatFabricPeersServe() {
        Network network = new Network(3, Chain.of(100));
        network.peer("a", 100);
        network.peer("late", 1);
        network.start();

        network.allReach(100, Duration.ofSeconds(5));

        assertThat(network.requests).hasSizeLessThanOrEqualTo(12).allSatisfy(message -> {
            RemoteStateRequest request = message.message().getStateRequest();
            assertThat(StateServer.isValid(request, 10)).isTrue();
            assertThat(message.message().getTag()).isEqualTo(GossipMessage.Tag.CHAN_OR_ORG);
            assertThat(message.message().getNonce()).isNotZero();
        });
    }

    @Test
    void asksForAGapAtOnceAndForNothingThatIsOnItsWay() {
        Network network = new Network(4, Chain.of(10));
        network.peer("a", 10);
        Peer behind = network.peer("behind", 5);
        network.start();

        for (int number : new int[] {6, 7, 8, 9}) {
            behind.gossip(number);
        }

        assertThat(network.allReach(10, Duration.ofMillis(400))).isTrue();
        assertThat(network.requests)
                .singleElement()
                .satisfies(message -> assertThat(message.message().getStateRequest())
                        .isEqualTo(RemoteStateRequest.newBuilder()
                                .setStartSeqNum(5)
                                .setEndSeqNum(5)
                                .build()));
    }

    @Test
    void asksForNothingWhenPushedBlocksArriveShortlyAfterTheAnnouncement() {
        Network network = new Network(5, Chain.of(10));
        Peer ahead = network.peer("a", 10);
        Peer follower = network.peer("follower", 5);
        network.start();
        ahead.announce();

        network.time.runFor(Duration.ofMillis(40));
        for (int number = 9; number >= 5; number--) {
            follower.gossip(number);
        }
        network.time.runFor(Duration.ofSeconds(5));

        assertThat(follower.height()).isEqualTo(10);
        assertThat(network.requests).isEmpty();
    }

    @Test
    void reachesTheEndWhenAThirdOfAllMessagesIsLost() {
        Network network = new Network(6, Chain.of(200));
        network.loss = 0.33;
        network.peer("a", 200);
        network.peer("b", 200);
        network.peer("late", 1);
        network.start();

        assertThat(network.allReach(200, Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void closesAGapWithinFifteenSecondsThoughOnlyOneOfTenHasTheBlockAndNineOnlySaySo() {
        Network network = new Network(7, Chain.of(30));
        for (int liar = 0; liar < 9; liar++) {
            Peer peer = network.peer("liar" + liar, 10);
            peer.claimedHeight = 1000L;
            peer.honest = false;
        }
        network.peer("honest", 30);
        network.peer("behind", 10);
        network.start();

        assertThat(network.allReach(30, Duration.ofSeconds(15))).isTrue();
    }

    @Test
    void anInflatedHeightCostsFewRequests() {
        Network network = new Network(8, Chain.of(10));
        Peer liar = network.peer("liar", 10);
        liar.claimedHeight = -1L;
        network.peer("victim", 10);
        network.start();

        network.time.runFor(Duration.ofMinutes(5));

        assertThat(network.requests).hasSizeLessThan(120);
    }

    @Test
    void aSlowPeerDoesNotHoldUpTheOthers() {
        Network network = new Network(9, Chain.of(300));
        Peer slow = network.peer("slow", 300);
        slow.slowness = Duration.ofSeconds(10);
        network.peer("quick", 300);
        network.peer("late", 1);
        network.start();

        assertThat(network.allReach(300, Duration.ofSeconds(6))).isTrue();
    }

    @Test
    void aSilentPeerIsReplacedBeforeItsTimeoutHasPassed() {
        Network network = new Network(10, Chain.of(15));
        Peer mute = network.peer("mute", 15);
        mute.answers = answer -> SignedGossipMessage.unsigned(GossipMessage.getDefaultInstance());
        Peer alsoMute = network.peer("also mute", 15);
        alsoMute.answers = mute.answers;
        network.peer("talking", 15);
        network.peer("late", 10);
        network.start();

        assertThat(network.allReach(15, Duration.ofSeconds(3))).isTrue();
    }

    @Test
    void garbageInPrivateDataIsIgnored() {
        Network network = new Network(11, Chain.of(100));
        network.peer("a", 100).answers = altered(payload -> payload.toBuilder()
                .addPrivateData(ByteString.copyFromUtf8("garbage"))
                .build());
        network.peer("late", 1);
        network.start();

        assertThat(network.allReach(100, Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void alteredBlocksAreRefusedAndTakenFromAnHonestPeer() {
        Network network = new Network(12, Chain.of(60));
        network.peer("liar", 60).answers = altered(
                payload -> payload.toBuilder().setData(network.chain.bytes(3)).build());
        network.peer("honest", 60);
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.allReach(60, Duration.ofSeconds(2))).isTrue();

        assertThat(late.blocks()).isEqualTo(network.chain.blocks());
        assertThat(late.numbers.of("gossip_rejected wrong-number")).isPositive();
    }

    @Test
    void blocksOutsideTheRangeThatWasAskedForAreRefused() {
        Network network = new Network(13, Chain.of(60));
        network.peer("liar", 60).answers = altered(payload ->
                payload.toBuilder().setSeqNum(payload.getSeqNum() + 1).build());
        network.peer("honest", 60);
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.allReach(60, Duration.ofSeconds(2))).isTrue();

        assertThat(late.numbers.of("gossip_rejected state-response-out-of-range"))
                .isPositive();
    }

    @Test
    void anAnswerNobodyAskedForIsRefused() {
        Network network = new Network(14, Chain.of(10));
        Peer sender = network.peer("sender", 10);
        Peer receiver = network.peer("receiver", 1);

        receiver.receive(
                sender,
                SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                        .setNonce(7)
                        .setChannel(Chain.CHANNEL.bytes())
                        .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                        .setStateResponse(RemoteStateResponse.newBuilder()
                                .addPayloads(Payload.newBuilder().setSeqNum(1).setData(network.chain.bytes(1))))
                        .build()));
        network.time.runFor(Duration.ofSeconds(1));

        assertThat(receiver.height()).isEqualTo(1);
        assertThat(receiver.numbers.of("gossip_rejected unsolicited-state-response"))
                .isEqualTo(1);
    }

    @Test
    void furtherAnswersAreOfNoUseAndNobodyIsToBlame() {
        Network network = new Network(14, Chain.of(10));
        Peer sender = network.peer("sender", 10);
        Peer receiver = network.peer("receiver", 1);
        network.start();
        assertThat(network.allReach(10, Duration.ofSeconds(2))).isTrue();

        receiver.receive(sender, network.answers.get(0));
        network.time.runFor(Duration.ofSeconds(1));
        receiver.receive(sender, network.answers.get(0));
        network.time.runFor(Duration.ofSeconds(1));

        assertThat(receiver.numbers.of("gossip_dropped late-state-response")).isEqualTo(2);
        assertThat(receiver.numbers.of("gossip_rejected unsolicited-state-response"))
                .isZero();
    }

    @Test
    void crossesConfigurationBlocksOnTheWay() {
        Network network = new Network(15, Chain.of(200, 50, 51, 120));
        network.peer("a", 200);
        network.peer("b", 200);
        Peer late = network.peer("late", 1);
        network.start();

        assertThat(network.allReach(200, Duration.ofSeconds(3))).isTrue();

        assertThat(late.inForce()).isEqualTo(120);
        assertThat(late.blocks()).isEqualTo(network.chain.blocks());
    }

    @Test
    void thePeriodicRoundFindsWhatNobodyAnnounced() {
        Network network = new Network(16, Chain.of(30));
        Peer late = network.peer("late", 1, StateConfig.defaults().withEnabled(true));
        late.node.execute(late.state::start);
        network.time.runFor(Duration.ofSeconds(1));
        network.peer("a", 30);

        assertThat(network.allReach(30, Duration.ofSeconds(11))).isTrue();
    }

    @Test
    void nothingTicksOnceEverybodyHasEverything() {
        Network network = new Network(17, Chain.of(30));
        network.peer("a", 30);
        network.peer("late", 1);
        network.start();
        network.allReach(30, Duration.ofSeconds(5));
        network.time.runFor(Duration.ofSeconds(10));

        assertThat(network.time.step()).isFalse();
    }

    private static UnaryOperator<SignedGossipMessage> altered(UnaryOperator<Payload> change) {
        return answer -> {
            GossipMessage message = answer.message();
            RemoteStateResponse.Builder response = RemoteStateResponse.newBuilder();
            message.getStateResponse()
                    .getPayloadsList()
                    .forEach(payload -> response.addPayloads(change.apply(payload)));
            return SignedGossipMessage.unsigned(
                    message.toBuilder().setStateResponse(response).build());
        };
    }
}
