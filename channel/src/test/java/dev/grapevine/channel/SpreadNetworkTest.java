package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Capability;
import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks among peers that speak the extensions, and among such and Fabric peers, when nothing fails. */
class SpreadNetworkTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 16, 50})
    void eachBlockIsSentOnceToEachPeer(int count) {
        MixedNetwork mixed = MixedNetwork.capable(count);

        for (int number = 1; number <= 5; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofMillis(50));
            assertThat(mixed.lacking(number)).isZero();
        }
        mixed.network.runFor(Duration.ofSeconds(5));

        assertThat(mixed.copies()).isEqualTo(5L * (count - 1));
        assertThat(mixed.peers.get(count - 1).crypto.blocksVerified).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 16, 50})
    void nobodySendsMoreThanTwiceTheMeanOverAHundredBlocks(int count) {
        MixedNetwork mixed = MixedNetwork.capable(count);

        for (int number = 1; number <= 100; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofMillis(50));
        }

        double mean = mixed.copies() / (double) count;
        assertThat(mixed.copies()).isEqualTo(100L * (count - 1));
        assertThat(mixed.copiesByPeer().values())
                .allSatisfy(copies -> assertThat((double) copies).isLessThanOrEqualTo(2 * mean));
    }

    @Test
    void blocksGoWhereThereAreLinksAsFarAsTheyCan() {
        MixedNetwork mixed = MixedNetwork.capable(50);
        mixed.network.linked =
                (one, other) -> (one.bytes().byteAt(1) & 1) == (other.bytes().byteAt(1) & 1);

        for (int number = 1; number <= 5; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofSeconds(1));
            assertThat(mixed.lacking(number)).isZero();
        }

        long alongLinks = mixed.network.count(sent ->
                sent.message().type() == ContentCase.DATA_MSG && mixed.network.linked.test(sent.from(), sent.to()));
        assertThat(mixed.copies()).isEqualTo(5L * 49);
        assertThat(alongLinks).as("where every other pair has one").isGreaterThan(mixed.copies() * 6 / 10);
    }

    @Test
    void aBlockIsThereInFewHopsAndWithoutGathering() {
        MixedNetwork mixed = MixedNetwork.capable(50);

        mixed.order(1);
        mixed.network.runFor(FakeNetwork.LATENCY.multipliedBy(6));

        assertThat(mixed.lacking(1)).isZero();
    }

    @Test
    void manyBlocksAtOnceAreEachSentOnce() {
        MixedNetwork mixed = MixedNetwork.capable(16);

        for (int number = 1; number <= 9; number++) {
            mixed.order(number);
        }
        mixed.network.runFor(Duration.ofSeconds(2));

        for (int number = 1; number <= 9; number++) {
            assertThat(mixed.lacking(number)).isZero();
        }
        assertThat(mixed.copies()).isEqualTo(9L * 15);
    }

    @Test
    void aPeerThatHasAnnouncedTheHeightGetsNothing() {
        MixedNetwork mixed = MixedNetwork.capable(4);
        FakePeer ahead = mixed.peers.get(2);
        ahead.channel(MixedNetwork.CHANNEL).updateLedgerHeight(2);
        mixed.network.runFor(Duration.ofSeconds(5));

        mixed.order(1);
        mixed.network.runFor(Duration.ofSeconds(2));

        assertThat(mixed.network.sentTo(ahead.id(), message -> message.type() == ContentCase.DATA_MSG))
                .isEmpty();
        assertThat(mixed.copies()).isEqualTo(2);
    }

    @Test
    void fabricPeersAreServedInFabricsWordsOnly() {
        MixedNetwork mixed = new MixedNetwork();
        for (int number = 0; number < 12; number++) {
            mixed.add("peer" + number, number % 3 == 0 ? 0 : Capability.REVISION);
        }
        mixed.peers.add(0, mixed.peers.remove(1));
        mixed.acquaint();
        Set<PkiId> fabric = mixed.peers.stream()
                .filter(peer -> peer.member.revision() == 0)
                .map(FakePeer::id)
                .collect(Collectors.toSet());

        for (int number = 1; number <= 5; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofSeconds(10));
            assertThat(mixed.lacking(number)).isZero();
        }

        assertThat(mixed.network.sent)
                .filteredOn(sent -> fabric.contains(sent.to()) || fabric.contains(sent.from()))
                .noneMatch(sent -> sent.message().extension().isPresent()
                        || sent.message().route().isPresent());
    }

    @Test
    void aBlockOfAFabricPeerIsSpreadAmongTheRestByOneTree() {
        MixedNetwork mixed = new MixedNetwork();
        mixed.add("fabric", 0);
        for (int number = 0; number < 20; number++) {
            mixed.add("peer" + number, Capability.REVISION);
        }
        mixed.acquaint();

        for (int number = 1; number <= 5; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofSeconds(1));
            assertThat(mixed.lacking(number)).isZero();
        }

        PkiId fabric = mixed.peers.get(0).id();
        Map<PkiId, Integer> copies = mixed.copiesByPeer();
        long among = mixed.copies() - copies.get(fabric);
        assertThat(among).as("copies among the others").isLessThanOrEqualTo(5L * 20 + 5);
    }
}
