package dev.grapevine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks among peers that speak the extensions when messages are lost, peers crash and peers withhold. */
class SpreadFaultsTest {
    private static boolean isOfBlocks(SignedGossipMessage message) {
        return message.type() == ContentCase.DATA_MSG || message.extension().isPresent();
    }

    /** So many of the peers, without the one that has the blocks from the ordering service. */
    private static Set<PkiId> someOf(MixedNetwork mixed, int count, long seed) {
        Random random = new Random(seed);
        Set<PkiId> some = new HashSet<>();
        while (some.size() < count) {
            some.add(mixed.peers.get(1 + random.nextInt(mixed.peers.size() - 1)).id());
        }
        return some;
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
        Set<PkiId> crashed = someOf(mixed, 15, seed);
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
        Set<PkiId> liars = someOf(mixed, 5, seed);
        mixed.network.passesFrom =
                (sender, message) -> !liars.contains(sender) || message.type() != ContentCase.DATA_MSG;

        for (int number = 1; number <= 20; number++) {
            mixed.order(number);
            mixed.network.runFor(Duration.ofSeconds(2));
            assertThat(mixed.lacking(number)).as("block %s", number).isZero();
        }
    }
}
