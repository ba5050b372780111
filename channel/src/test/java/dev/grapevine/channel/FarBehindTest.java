package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Capability;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.Extension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks among peers of which some are so far behind that they would not keep them. */
class FarBehindTest {
    private static final int PEERS = 20;

    /** Hops of a block to the last of so many, and two more for a head that refuses. */
    private static final Duration USUAL = FakeNetwork.LATENCY.multipliedBy(12);

    private static final Duration LONGER_THAN_PEACE = Duration.ofMillis(600);

    private static List<FakePeer> anyFarBehind(MixedNetwork mixed, int count, long seed) {
        Random random = new Random(seed);
        List<FakePeer> others = new ArrayList<>(mixed.peers.subList(1, mixed.peers.size()));
        while (others.size() > count) {
            others.remove(random.nextInt(others.size()));
        }
        others.forEach(peer -> peer.channel(MixedNetwork.CHANNEL).keepsBelow(() -> 1));
        return others;
    }

    private static long copiesTo(MixedNetwork mixed, List<FakePeer> peers) {
        Set<PkiId> ids = peers.stream().map(FakePeer::id).collect(Collectors.toSet());
        return mixed.network.count(sent -> sent.message().type() == ContentCase.DATA_MSG && ids.contains(sent.to()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theyAreSentHardlyAnythingAndTheOthersHaveEveryBlockInTheUsualTime(long seed) {
        MixedNetwork mixed = MixedNetwork.capable(PEERS);
        List<FakePeer> behind = anyFarBehind(mixed, 3, seed);

        for (int number = 1; number <= 60; number++) {
            mixed.order(number);
            mixed.network.runFor(USUAL);
            assertThat(mixed.lacking(number)).as("without block %s", number).isEqualTo(3);
            mixed.network.runFor(Duration.ofMillis(40));
        }

        assertThat(copiesTo(mixed, behind)).as("copies in vain").isLessThan(2 * PEERS);
        assertThat(behind)
                .allSatisfy(peer -> assertThat(peer.crypto.blocksVerified).isZero());
        assertThat(mixed.copies() - copiesTo(mixed, behind)).isEqualTo(60L * (PEERS - 1 - 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theyArePushedToAgainSoonAfterTheyHaveCaughtUp(long seed) {
        MixedNetwork mixed = MixedNetwork.capable(PEERS);
        List<FakePeer> behind = anyFarBehind(mixed, 3, seed);
        for (int number = 1; number <= 30; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofMillis(50));
        }

        behind.forEach(peer -> catchUp(mixed, peer));
        mixed.network.runFor(LONGER_THAN_PEACE);
        for (int number = 31; number <= 50; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofMillis(50));
            assertThat(mixed.lacking(number)).as("without block %s", number).isZero();
        }
        mixed.network.sent.clear();
        for (int number = 51; number <= 60; number++) {
            mixed.order(number);
            mixed.network.runFor(USUAL);
            assertThat(mixed.lacking(number)).as("without block %s", number).isZero();
        }

        assertThat(mixed.copies()).isEqualTo(10L * (PEERS - 1));
    }

    private static void catchUp(MixedNetwork mixed, FakePeer peer) {
        peer.delivered.addAll(mixed.peers.get(0).delivered);
        mixed.commit(peer);
        peer.channel(MixedNetwork.CHANNEL).keepsBelow(() -> Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whenAFifthRefusesForTheFirstTimeTheirPartsGoToOthersAtOnce(long seed) {
        MixedNetwork mixed = MixedNetwork.capable(50);
        anyFarBehind(mixed, 10, seed);

        mixed.order(1);
        mixed.network.runFor(FakeNetwork.LATENCY.multipliedBy(20));

        assertThat(mixed.lacking(1)).isEqualTo(10);
    }

    @Test
    void whoFalselySaysToBeFarBehindKeepsNobodyElseFromAnyBlock() {
        MixedNetwork mixed = MixedNetwork.capable(PEERS);
        FakePeer liar = mixed.peers.get(7);
        SignedGossipMessage lie = Extensions.message(
                Extension.newBuilder()
                        .setBlockDigests(BlockDigests.newBuilder().setLimit(0))
                        .build(),
                MixedNetwork.CHANNEL);

        for (int number = 1; number <= 20; number++) {
            mixed.peers.stream().filter(peer -> peer != liar).forEach(peer -> peer.receive(lie, liar));
            mixed.order(number);
            mixed.network.runFor(USUAL);
            assertThat(mixed.lacking(number)).as("without block %s", number).isLessThanOrEqualTo(1);
        }

        assertThat(mixed.peers)
                .allSatisfy(peer ->
                        assertThat(peer.channel(MixedNetwork.CHANNEL).peers()).hasSize(PEERS - 1));
    }

    @Test
    void fabricPeersWhoseOnlyServantRefusesAreServedByWhoAskedIt() {
        MixedNetwork mixed = new MixedNetwork();
        mixed.add("root", Capability.REVISION);
        mixed.add("behind", Capability.REVISION);
        mixed.add("fabric1", 0);
        mixed.add("fabric2", 0);
        mixed.acquaint();
        mixed.peers.get(1).channel(MixedNetwork.CHANNEL).keepsBelow(() -> 1);

        mixed.order(1);
        mixed.network.runFor(USUAL);

        assertThat(mixed.lacking(1)).isEqualTo(1);
    }

    @Test
    void theySoonKnowHowFarTheOthersAreFromWhatTheseSayOfBlocks() {
        MixedNetwork mixed = MixedNetwork.capable(3);
        FakePeer behind = mixed.peers.get(1);
        FakePeer ahead = mixed.peers.get(2);
        List<Long> told = new ArrayList<>();
        behind.channel(MixedNetwork.CHANNEL).onStateInfo(peer -> told.add(peer.ledgerHeight()));

        behind.receive(height(200), ahead);
        assertThat(told).as("near: its blocks come without being asked for").isEmpty();
        behind.receive(height(1_000), ahead);
        behind.receive(height(1_001), ahead);
        behind.receive(height(1_100), ahead);

        assertThat(told).containsExactly(1_000L, 1_100L);
        assertThat(behind.channel(MixedNetwork.CHANNEL).peersAbove(1_099))
                .extracting(ChannelPeer::pkiId)
                .containsExactly(ahead.id());
    }

    private static SignedGossipMessage height(long blocks) {
        return Extensions.message(
                Extension.newBuilder()
                        .setBlockDigests(BlockDigests.newBuilder().setHeight(blocks))
                        .build(),
                MixedNetwork.CHANNEL);
    }
}
