package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.BlockDigest;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.BlockRequest;
import dev.grapevine.proto.extension.Extension;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks among peers that speak the extensions when messages are lost, peers crash and peers lie. */
class SpreadFaultsTest {
    private static boolean isOfBlocks(SignedGossipMessage message) {
        return message.type() == ContentCase.DATA_MSG || message.extension().isPresent();
    }

    private static ByteString headerHash(int number) throws Exception {
        return BlockHash.ofHeader(
                Block.parseFrom(MixedNetwork.CHAIN.get(number)).getHeader());
    }

    private static SignedGossipMessage digest(long number, ByteString headerHash) {
        return Extensions.message(
                Extension.newBuilder()
                        .setBlockDigests(BlockDigests.newBuilder()
                                .addDigest(BlockDigest.newBuilder()
                                        .setNumber(number)
                                        .setHeaderHash(headerHash)))
                        .build(),
                MixedNetwork.CHANNEL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lostMessagesAreMadeUpForSoonAndWithoutFlooding(long seed) {
        MixedNetwork mixed = MixedNetwork.capable(50);
        Random random = new Random(seed);
        mixed.network.passes = (receiver, message) -> !isOfBlocks(message) || random.nextInt(100) >= 2;

        for (int number = 1; number <= 30; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofMillis(800));
            assertThat(mixed.lacking(number)).as("block %s", number).isZero();
        }

        assertThat((double) mixed.copies()).isLessThanOrEqualTo(1.1 * 30 * 49);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whenAThirdCrashesAtOnceTheOthersHaveEveryBlockWithinFiveSeconds(long seed) {
        MixedNetwork mixed = MixedNetwork.capable(50);
        Random random = new Random(seed);
        Set<PkiId> crashed = new HashSet<>();
        while (crashed.size() < 15) {
            crashed.add(mixed.peers.get(1 + random.nextInt(49)).id());
        }
        mixed.network.passes = (receiver, message) -> !crashed.contains(receiver.id());

        for (int number = 1; number <= 5; number++) {
            mixed.order(number);
        }
        mixed.network.runFor(Duration.ofSeconds(5));

        assertThat(mixed.peers)
                .filteredOn(peer -> !crashed.contains(peer.id()))
                .allSatisfy(peer -> assertThat(peer.deliveredNumbers()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L));
    }

    /** Some take blocks, say so, and pass nothing on. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whenATenthWithholdsTheHonestHaveEveryBlockWithinTwoSeconds(long seed) {
        MixedNetwork mixed = MixedNetwork.capable(50);
        Random random = new Random(seed);
        Set<PkiId> liars = new HashSet<>();
        while (liars.size() < 5) {
            liars.add(mixed.peers.get(1 + random.nextInt(49)).id());
        }
        mixed.network.passesFrom =
                (sender, message) -> !liars.contains(sender) || message.type() != ContentCase.DATA_MSG;

        for (int number = 1; number <= 20; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofSeconds(2));
            assertThat(mixed.lacking(number)).as("block %s", number).isZero();
        }
    }

    @Test
    void aPeerThatDoesNotGiveWhatItAnnouncesIsFollowedByAnother() throws Exception {
        MixedNetwork mixed = MixedNetwork.capable(3);
        FakePeer victim = mixed.peers.get(0);
        FakePeer liar = mixed.peers.get(1);
        FakePeer honest = mixed.peers.get(2);
        var block = Messages.verified(honest.crypto, MixedNetwork.CHANNEL, 1, MixedNetwork.CHAIN.get(1));
        mixed.network.passes = (receiver, message) -> receiver != liar
                && (receiver != victim || message.type() != ContentCase.DATA_MSG || hasAsked(mixed, victim, honest));

        victim.receive(digest(1, headerHash(1)), liar);
        honest.channel(MixedNetwork.CHANNEL).gossip(block);
        victim.receive(digest(1, headerHash(1)), honest);
        mixed.network.runFor(Duration.ofSeconds(2));

        assertThat(hasAsked(mixed, victim, liar)).isTrue();
        assertThat(victim.deliveredNumbers()).containsExactly(1L);
    }

    @Test
    void aForgedCopyIsFollowedByARequestToSomebodyElseAtOnce() throws Exception {
        MixedNetwork mixed = MixedNetwork.capable(3);
        FakePeer victim = mixed.peers.get(0);
        FakePeer forger = mixed.peers.get(1);
        FakePeer honest = mixed.peers.get(2);
        mixed.network.passes =
                (receiver, message) -> receiver == honest || (receiver == victim && hasAsked(mixed, victim, honest));
        honest.channel(MixedNetwork.CHANNEL)
                .gossip(Messages.verified(honest.crypto, MixedNetwork.CHANNEL, 1, MixedNetwork.CHAIN.get(1)));
        Block.Builder forged = Block.parseFrom(MixedNetwork.CHAIN.get(1)).toBuilder();
        forged.getDataBuilder().addData(ByteString.copyFromUtf8("forged"));

        victim.receive(digest(1, headerHash(1)), honest);
        victim.receive(Messages.block(MixedNetwork.CHANNEL, 1, forged.build().toByteString()), forger);
        mixed.network.runFor(FakeNetwork.LATENCY.multipliedBy(4));

        assertThat(victim.deliveredNumbers()).containsExactly(1L);
    }

    private static boolean hasAsked(MixedNetwork mixed, FakePeer who, FakePeer whom) {
        return mixed.network.count(sent -> sent.from().equals(who.id())
                        && sent.to().equals(whom.id())
                        && sent.message()
                                .extension()
                                .filter(Extension::hasBlockRequest)
                                .isPresent())
                > 0;
    }

    @Test
    void implausibleNumbersCostNothingAndTheWordOfOnePeerIsBounded() {
        MixedNetwork mixed = MixedNetwork.capable(2);
        FakePeer victim = mixed.peers.get(0);
        FakePeer liar = mixed.peers.get(1);

        victim.receive(digest(1_000_000_000, ByteString.copyFromUtf8("lie")), liar);
        victim.receive(digest(0, ByteString.copyFromUtf8("lie")), liar);
        for (int lie = 0; lie < 1000; lie++) {
            victim.receive(digest(1 + lie % 60, ByteString.copyFromUtf8("lie" + lie)), liar);
        }
        mixed.network.runFor(Duration.ofSeconds(3));

        assertThat(victim.meters.dropped("implausible-block-number")).isEqualTo(1);
        assertThat(victim.meters.dropped("too-many-blocks-announced")).isEqualTo(1000 - 256);
        assertThat(mixed.network.count(sent -> sent.from().equals(victim.id())
                        && sent.message()
                                .extension()
                                .filter(Extension::hasBlockRequest)
                                .isPresent()))
                .isEqualTo(256);
    }

    @Test
    void aForgedDigestKeepsNobodyFromTheTrueBlock() {
        MixedNetwork mixed = MixedNetwork.capable(4);
        FakePeer liar = mixed.peers.get(3);
        for (FakePeer victim : mixed.peers.subList(1, 3)) {
            for (int lie = 0; lie < 100; lie++) {
                victim.receive(digest(1, ByteString.copyFromUtf8("lie" + lie)), liar);
            }
        }

        mixed.order(1);
        mixed.network.runFor(Duration.ofMillis(50));

        assertThat(mixed.lacking(1)).isZero();
        assertThat(mixed.copies()).isEqualTo(3);
    }

    @Test
    void aBlockIsGivenToOnePeerAFewTimesOnlyHoweverOftenItAsks() throws Exception {
        MixedNetwork mixed = MixedNetwork.capable(3);
        mixed.order(1);
        mixed.network.runFor(Duration.ofMillis(200));
        mixed.network.sent.clear();

        SignedGossipMessage request = Extensions.message(
                Extension.newBuilder()
                        .setBlockRequest(BlockRequest.newBuilder().setNumber(1).setHeaderHash(headerHash(1)))
                        .build(),
                MixedNetwork.CHANNEL);
        for (int time = 0; time < 100; time++) {
            mixed.peers.get(0).receive(request, mixed.peers.get(1));
        }

        assertThat(mixed.copies()).isLessThanOrEqualTo(3);
        assertThat(mixed.peers.get(0).meters.dropped("too-many-copies")).isGreaterThanOrEqualTo(97);
    }
}
