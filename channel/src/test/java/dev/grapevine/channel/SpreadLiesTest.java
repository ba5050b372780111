package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockHash;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.BlockDigest;
import dev.grapevine.proto.extension.BlockDigests;
import dev.grapevine.proto.extension.BlockRequest;
import dev.grapevine.proto.extension.Extension;
import java.time.Duration;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;

/** What a peer achieves that lies about blocks among peers that speak the extensions. */
class SpreadLiesTest {
    private final MixedNetwork mixed = MixedNetwork.capable(3);
    private final FakePeer victim = mixed.peers.get(0);
    private final FakePeer liar = mixed.peers.get(1);
    private final FakePeer honest = mixed.peers.get(2);

    private static ByteString headerHash() throws Exception {
        return BlockHash.ofHeader(Block.parseFrom(MixedNetwork.CHAIN.get(1)).getHeader());
    }

    private VerifiedBlock block() {
        return Messages.verified(honest.crypto, MixedNetwork.CHANNEL, 1, MixedNetwork.CHAIN.get(1));
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

    private static boolean isQuestion(FakeNetwork.Sent sent, FakePeer by) {
        return sent.from().equals(by.id())
                && sent.message().extension().filter(Extension::hasBlockRequest).isPresent();
    }

    /** Whether the victim has asked a peer for a block. */
    private boolean hasAsked(FakePeer whom) {
        return mixed.network.count(sent -> isQuestion(sent, victim) && sent.to().equals(whom.id())) > 0;
    }

    @Test
    void aPeerThatDoesNotGiveWhatItAnnouncesIsFollowedByAnother() throws Exception {
        mixed.network.passes = (receiver, message) ->
                receiver != liar && (receiver != victim || message.type() != ContentCase.DATA_MSG || hasAsked(honest));

        victim.receive(digest(1, headerHash()), liar);
        honest.channel(MixedNetwork.CHANNEL).gossip(block());
        victim.receive(digest(1, headerHash()), honest);
        mixed.network.runFor(Duration.ofSeconds(2));

        assertThat(hasAsked(liar)).isTrue();
        assertThat(victim.deliveredNumbers()).containsExactly(1L);
    }

    @Test
    void aForgedCopyIsFollowedByARequestToSomebodyElseAtOnce() throws Exception {
        mixed.network.passes = (receiver, message) -> receiver == honest || (receiver == victim && hasAsked(honest));
        honest.channel(MixedNetwork.CHANNEL).gossip(block());
        Block.Builder forged = Block.parseFrom(MixedNetwork.CHAIN.get(1)).toBuilder();
        forged.getDataBuilder().addData(ByteString.copyFromUtf8("forged"));

        victim.receive(digest(1, headerHash()), honest);
        victim.receive(Messages.block(MixedNetwork.CHANNEL, 1, forged.build().toByteString()), liar);
        mixed.network.runFor(FakeNetwork.LATENCY.multipliedBy(4));

        assertThat(victim.deliveredNumbers()).containsExactly(1L);
    }

    @Test
    void implausibleNumbersCostNothingAndTheWordOfOnePeerIsBounded() {
        MixedNetwork two = MixedNetwork.capable(2);
        FakePeer deceived = two.peers.get(0);
        FakePeer deceiver = two.peers.get(1);

        deceived.receive(digest(1_000_000_000, ByteString.copyFromUtf8("lie")), deceiver);
        deceived.receive(digest(0, ByteString.copyFromUtf8("lie")), deceiver);
        for (int lie = 0; lie < 1000; lie++) {
            deceived.receive(digest(1 + lie % 60, ByteString.copyFromUtf8("lie" + lie)), deceiver);
        }
        two.network.runFor(Duration.ofSeconds(3));

        assertThat(deceived.meters.dropped("implausible-block-number")).isEqualTo(1);
        assertThat(deceived.meters.dropped("too-many-blocks-announced")).isEqualTo(1000 - 256);
        assertThat(two.network.count(sent -> isQuestion(sent, deceived))).isEqualTo(256);
    }

    @Test
    void aForgedDigestKeepsNobodyFromTheTrueBlock() {
        MixedNetwork four = MixedNetwork.capable(4);
        FakePeer deceiver = four.peers.get(3);
        for (FakePeer deceived : four.peers.subList(1, 3)) {
            for (int lie = 0; lie < 100; lie++) {
                deceived.receive(digest(1, ByteString.copyFromUtf8("lie" + lie)), deceiver);
            }
        }

        four.order(1);
        four.network.runFor(Duration.ofMillis(50));

        assertThat(four.lacking(1)).isZero();
        assertThat(four.copies()).isEqualTo(3);
    }

    @Test
    void aBlockIsGivenToOnePeerAFewTimesOnlyHoweverOftenItAsks() throws Exception {
        honest.channel(MixedNetwork.CHANNEL).gossip(block());
        mixed.network.runFor(Duration.ofMillis(200));
        mixed.network.sent.clear();

        SignedGossipMessage request = Extensions.message(
                Extension.newBuilder()
                        .setBlockRequest(BlockRequest.newBuilder().setNumber(1).setHeaderHash(headerHash()))
                        .build(),
                MixedNetwork.CHANNEL);
        for (int time = 0; time < 100; time++) {
            honest.receive(request, liar);
        }

        assertThat(mixed.copies()).isLessThanOrEqualTo(3);
        assertThat(honest.meters.dropped("too-many-copies")).isGreaterThanOrEqualTo(97);
    }
}
