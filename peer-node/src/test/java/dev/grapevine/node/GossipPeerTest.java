package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static dev.grapevine.node.TestNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.ChannelPeer;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.discovery.MembershipListener;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.RemotePvtDataRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real peers over real TLS. They are started once; each test leaves them running and joined. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GossipPeerTest {
    private static final Executor DIRECT = Runnable::run;

    private TestNetwork network;
    private List<GossipPeer> peers;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        network = new TestNetwork(folder);
        peers = network.startMembers(3);
        eventually(() -> assertThat(peers).allSatisfy(peer -> {
            assertThat(members(peer)).hasSize(2);
            assertThat(peer.peers(CHANNEL).join()).hasSize(2);
        }));
        eventually(() -> assertThat(leaders()).hasSize(1));
    }

    @AfterAll
    void stop() throws Exception {
        network.close();
    }

    @Test
    void replicatesWhatIsOrderedToEveryPeerBlockByBlock() {
        BlockingQueue<Block> committed = new LinkedBlockingQueue<>();
        GossipPeer follower = peers.stream()
                .filter(peer -> !leaders().contains(peer))
                .findFirst()
                .orElseThrow();
        follower.onCommit(CHANNEL, DIRECT, committed::add);
        long before = height(follower);

        for (int i = 0; i < 10; i++) {
            network.submit("transaction " + i);
        }

        eventually(() ->
                assertThat(peers).allSatisfy(peer -> assertThat(height(peer)).isEqualTo(before + 10)));
        assertThat(committed.stream().map(block -> block.getHeader().getNumber()))
                .containsExactlyElementsOf(
                        LongStream.range(before, before + 10).boxed().toList());
        assertSameChains(before + 10);
    }

    private void assertSameChains(long height) {
        for (long number = 0; number < height; number++) {
            Block expected = block(peers.get(0), number).orElseThrow();
            for (GossipPeer peer : peers) {
                assertThat(block(peer, number)).contains(expected);
            }
        }
        assertThat(block(peers.get(0), height)).isEmpty();
    }

    @Test
    void takesABlockThatAnEmbedderHands() {
        network.submit("to be handed");
        eventually(() -> assertThat(height(peers.get(0))).isGreaterThan(1));
        ByteString block = block(peers.get(0), 1).orElseThrow().toByteString();

        assertThat(peers.get(1).addBlock(CHANNEL, 1, block).join().accepted()).contains(1L);
        assertThat(peers.get(1).addBlock(CHANNEL, 2, block).join().isAccepted()).isFalse();
        assertThat(peers.get(1)
                        .addBlock(CHANNEL, 1, ByteString.copyFromUtf8("no block"))
                        .join()
                        .isAccepted())
                .isFalse();
    }

    @Test
    void knowsWhoIsThereAndWhoIsOfItsOrganisation() {
        GossipPeer peer = peers.get(0);
        ByteString stranger =
                network.org2.identity(network.org2.material().nodes().get(0)).serialized();

        assertThat(members(peer))
                .extracting(NetworkMember::pkiId)
                .containsExactlyInAnyOrder(peers.get(1).pkiId(), peers.get(2).pkiId());
        assertThat(peer.self().join().pkiId()).isEqualTo(peer.pkiId());
        assertThat(peer.self().join().endpoint()).endsWith(":" + peer.port());
        assertThat(peer.channels()).containsExactly(CHANNEL);
        assertThat(peer.peers(
                                CHANNEL,
                                other -> other.pkiId().equals(peers.get(2).pkiId()))
                        .join())
                .extracting(ChannelPeer::organisation)
                .containsExactly(network.org1.mspId());
        assertThat(peer.organisation()).isEqualTo(network.org1.mspId());
        eventually(() -> assertThat(peer.identities().join())
                .hasSize(3)
                .extracting(ValidIdentity::serialized)
                .allMatch(peer::isInMyOrganisation));
        assertThat(peer.isInMyOrganisation(stranger)).isFalse();
        assertThat(peer.isInMyOrganisation(ByteString.copyFromUtf8("nobody"))).isFalse();
    }

    @Test
    void answersForAChannelItHasNotJoined() {
        ChannelId other = new ChannelId("other");
        GossipPeer peer = peers.get(0);

        assertThat(peer.status(other).join()).isEmpty();
        assertThat(peer.peers(other).join()).isEmpty();
        assertThat(peer.block(other, 0).join()).isEmpty();
        assertThat(peer.leave(other).join().rejection().reason()).isEqualTo("not-joined");
        assertThat(peer.join(network.genesis).join().rejection().reason()).isEqualTo("joined-already");
    }

    @Test
    void carriesAnEmbeddersMessagesAndTheirAnswers() throws Exception {
        GossipPeer sender = peers.get(0);
        GossipPeer receiver = peers.get(1);
        BlockingQueue<GossipMessage> heard = new LinkedBlockingQueue<>();
        BlockingQueue<GossipMessage> answers = new LinkedBlockingQueue<>();
        Runnable ignore =
                receiver.accept(message -> nonce(message, 7), DIRECT, message -> heard.add(message.message()));
        Runnable silence = receiver.acceptRaw(
                received -> nonce(received.message().message(), 7),
                DIRECT,
                received -> received.respond(SignedGossipMessage.unsigned(message(8))));
        Runnable deaf = sender.accept(message -> nonce(message, 8), DIRECT, answer -> answers.add(answer.message()));

        sender.send(message(7), List.of(receiver.self().join().remotePeer()));

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(message(7));
        assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(message(8));
        List.of(ignore, silence, deaf).forEach(Runnable::run);
    }

    @Test
    void waitsForTheAcknowledgementsItsSenderAskedFor() {
        List<Runnable> ends = new ArrayList<>();
        for (GossipPeer receiver : peers.subList(1, 3)) {
            ends.add(receiver.acceptRaw(
                    received -> nonce(received.message().message(), 9), DIRECT, received -> received.acknowledge("")));
        }

        Map<RemotePeer, String> acknowledged =
                peers.get(0).send(message(9), criteria(2, 2)).join();
        CompletableFuture<Map<RemotePeer, String>> tooMany = peers.get(0).send(message(9), criteria(3, 3));

        assertThat(acknowledged)
                .hasSize(2)
                .allSatisfy((peer, error) -> assertThat(error).isEmpty());
        assertThat(acknowledged.keySet())
                .extracting(RemotePeer::pkiId)
                .containsExactlyInAnyOrder(peers.get(1).pkiId(), peers.get(2).pkiId());
        assertThatThrownBy(tooMany::join).hasMessageContaining("3 peers are needed, 2 are there");
        ends.forEach(Runnable::run);
    }

    private static SendCriteria criteria(int minimum, int maximum) {
        return new SendCriteria(CHANNEL, minimum, maximum, Duration.ofSeconds(10), peer -> true);
    }

    @Test
    void spreadsItsMetadataAndTellsListenersOfOthers() throws Exception {
        BlockingQueue<NetworkMember> updated = new LinkedBlockingQueue<>();
        PkiId changing = peers.get(2).pkiId();
        peers.get(0).onMembership(DIRECT, new MembershipListener() {
            @Override
            public void updated(NetworkMember member) {
                updated.add(member);
            }
        });

        peers.get(2).updateMetadata(ByteString.copyFromUtf8("in rack 5")).join();

        NetworkMember seen = updated.poll(10, TimeUnit.SECONDS);
        assertThat(seen.pkiId()).isEqualTo(changing);
        assertThat(seen.metadata().toStringUtf8()).isEqualTo("in rack 5");
        assertThatThrownBy(() -> peers.get(2)
                        .updateMetadata(ByteString.copyFrom(new byte[1 << 20]))
                        .join())
                .hasMessageContaining("bytes of metadata");
    }

    @Test
    void forgetsASuspectUntilItIsHeardOfAgain() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        peers.get(0).onMembership(DIRECT, new MembershipListener() {
            @Override
            public void left(NetworkMember member) {
                events.add("left " + member.pkiId());
            }

            @Override
            public void joined(NetworkMember member) {
                events.add("joined " + member.pkiId());
            }
        });
        PkiId suspect = peers.get(1).pkiId();

        peers.get(0).suspect(suspect).join();

        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("left " + suspect);
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("joined " + suspect);
        eventually(() -> assertThat(peers.get(0).peers(CHANNEL).join()).hasSize(2));
    }

    @Test
    void electsAnotherLeaderWhenTheLeaderLeavesAndTakesTheOldOneBack() {
        GossipPeer leader = leaders().get(0);
        List<Boolean> leadership = new CopyOnWriteArrayList<>();
        leader.onLeadership(CHANNEL, DIRECT, leadership::add);
        GossipPeer other =
                peers.stream().filter(peer -> peer != leader).findFirst().orElseThrow();

        assertThat(leader.leave(CHANNEL).join().isAccepted()).isTrue();

        assertThat(leader.channels()).isEmpty();
        assertThat(leader.status(CHANNEL).join()).isEmpty();
        eventually(() -> assertThat(leaders()).hasSize(1).doesNotContain(leader));
        network.submit("while one is away");
        long height = height(other) + 1;
        eventually(() -> assertThat(height(other)).isGreaterThanOrEqualTo(height - 1));
        Verdict<ChannelId> again = leader.join(network.genesis).join();
        assertThat(again.accepted()).contains(CHANNEL);
        eventually(() -> assertThat(peers).extracting(GossipPeerTest::height).containsOnly(height(other)));
        eventually(() -> assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.peers(CHANNEL).join()).hasSize(2)));
        eventually(() -> assertThat(leaders()).hasSize(1));
    }

    private List<GossipPeer> leaders() {
        return peers.stream()
                .filter(peer -> peer.status(CHANNEL)
                        .join()
                        .filter(ChannelStatus::leader)
                        .isPresent())
                .toList();
    }

    private static List<NetworkMember> members(GossipPeer peer) {
        return peer.peers().join();
    }

    private static long height(GossipPeer peer) {
        return peer.status(CHANNEL).join().orElseThrow().height();
    }

    private static Optional<Block> block(GossipPeer peer, long number) {
        return peer.block(CHANNEL, number).join();
    }

    private static boolean nonce(GossipMessage message, long nonce) {
        return message.getNonce() == nonce;
    }

    private static GossipMessage message(long nonce) {
        return GossipMessage.newBuilder()
                .setNonce(nonce)
                .setTag(GossipMessage.Tag.CHAN_ONLY)
                .setChannel(ByteString.copyFromUtf8(CHANNEL.name()))
                .setPrivateReq(RemotePvtDataRequest.getDefaultInstance())
                .build();
    }
}
