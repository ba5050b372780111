package dev.grapevine.channel.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.channel.store.BlockStore.Sighting;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Supersession;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hyperledger.fabric.protos.gossip.DataMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.Payload;
import org.junit.jupiter.api.Test;

class BlockStoreTest {
    private static final Duration LIFE = Duration.ofSeconds(400);
    private static final ByteString HASH = ByteString.copyFromUtf8("hash");

    private final VirtualTime time = new VirtualTime(1);
    private final BlockStore store = new BlockStore(new Supersession(10), 11, 100_000, time.newNode(), LIFE);

    private static SignedGossipMessage message(long number, int size) {
        return SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setDataMsg(DataMessage.newBuilder()
                        .setPayload(
                                Payload.newBuilder().setSeqNum(number).setData(ByteString.copyFrom(new byte[size]))))
                .build());
    }

    private boolean add(long number) {
        return store.add(number, HASH, message(number, 100));
    }

    @Test
    void keepsTheWindowBehindTheNewestBlock() {
        LongStream.rangeClosed(1, 50).forEach(this::add);

        assertThat(store.numbers()).containsExactly(40L, 41L, 42L, 43L, 44L, 45L, 46L, 47L, 48L, 49L, 50L);
        assertThat(store.sighting(39, HASH)).isEqualTo(Sighting.TOO_OLD);
        assertThat(add(39)).isFalse();
    }

    @Test
    void takesALateBlockWithinTheWindow() {
        add(20);

        assertThat(add(10)).isTrue();
        assertThat(store.numbers()).containsExactly(10L, 20L);
    }

    @Test
    void tellsADuplicateFromALie() {
        add(7);

        assertThat(store.sighting(7, HASH)).isEqualTo(Sighting.SEEN);
        assertThat(store.sighting(7, ByteString.copyFromUtf8("other"))).isEqualTo(Sighting.CONFLICTING);
        assertThat(add(7)).isFalse();
    }

    @Test
    void offersABlockNoMoreAfterItsLifeAndTakesItAgainAfterTwice() {
        add(7);

        time.runFor(LIFE.plusSeconds(5));
        assertThat(store.get(7)).isEmpty();
        assertThat(store.numbers()).isEmpty();
        assertThat(store.sighting(7, HASH)).isEqualTo(Sighting.SEEN);

        time.runFor(LIFE);
        assertThat(add(7)).isTrue();
    }

    @Test
    void letsGoOfTheOldestBytesButRemembersThem() {
        LongStream.rangeClosed(1, 4).forEach(number -> store.add(number, HASH, message(number, 40_000)));

        assertThat(store.numbers()).containsExactly(3L, 4L);
        assertThat(store.bytes()).isLessThanOrEqualTo(100_000);
        assertThat(store.sighting(1, HASH)).isEqualTo(Sighting.SEEN);
        assertThat(store.remembers(1)).isTrue();
    }

    @Test
    void holdsTheNewestBlockEvenIfItAloneIsTooLarge() {
        store.add(1, HASH, message(1, 200_000));

        assertThat(store.get(1)).isPresent();
    }

    @Test
    void takesALateBlockThatIsFartherBehindThanWhatItHolds() {
        BlockStore wide = new BlockStore(new Supersession(100), 3, 100_000, time.newNode(), LIFE);
        LongStream.rangeClosed(20, 40).forEach(number -> wide.add(number, HASH, message(number, 100)));

        assertThat(wide.numbers()).containsExactly(38L, 39L, 40L);
        assertThat(wide.sighting(25, HASH)).isEqualTo(Sighting.SEEN);
        assertThat(wide.sighting(10, HASH)).isEqualTo(Sighting.NEW);
        assertThat(wide.add(10, HASH, message(10, 100))).isTrue();
        assertThat(wide.sighting(10, HASH)).isEqualTo(Sighting.SEEN);
    }

    @Property
    void neverGrowsBeyondItsWindow(@ForAll long[] numbers) {
        for (long number : numbers) {
            add(number);
        }
        assertThat(store.numbers()).hasSizeLessThanOrEqualTo(11);
    }
}
