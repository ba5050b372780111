package dev.grapevine.channel.spread;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.PkiId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PeerRingTest {
    private static PkiId peer(long place) {
        return new PkiId(ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, place)));
    }

    private static PeerRing ring(long... places) {
        return new PeerRing(LongStream.of(places)
                .mapToObj(place -> new NetworkMember(peer(place), "", "", ByteString.EMPTY, 1))
                .toList());
    }

    private static List<Long> places(PeerRing ring, RingInterval interval) {
        return ring.within(interval).stream().map(RangeSplit.Placed::position).toList();
    }

    @Test
    void anIntervalHasThoseBetweenItsEndsInTheirOrder() {
        assertThat(places(ring(40, 10, 30, 20), new RingInterval(15, 20))).containsExactly(20L, 30L);
        assertThat(places(ring(40, 10, 30, 20), new RingInterval(20, 20))).containsExactly(20L, 30L);
        assertThat(places(ring(40, 10), new RingInterval(11, 29))).isEmpty();
    }

    @Test
    void theFirstFollowTheLast() {
        assertThat(places(ring(10, 20, -10, -20), new RingInterval(-15, 40))).containsExactly(-10L, 10L, 20L);
        assertThat(places(ring(10, 20, -10), RingInterval.allFrom(20))).containsExactly(20L, -10L, 10L);
        assertThat(places(ring(10, 20, -10), RingInterval.allBut(20))).containsExactly(-10L, 10L);
        assertThat(places(ring(), RingInterval.allBut(20))).isEmpty();
    }

    @Test
    void findsAPeerSoManyStepsOnOrTheNextOfWhomSomethingHolds() {
        PeerRing ring = ring(10, 20, 30, 40);

        assertThat(ring.find(20, 1, any -> true)).isEqualTo(peer(30));
        assertThat(ring.find(20, 3, any -> true)).isEqualTo(peer(10));
        assertThat(ring.find(25, 1, any -> true)).isEqualTo(peer(30));
        assertThat(ring.find(20, 1, peer -> !peer.equals(peer(30)))).isEqualTo(peer(40));
        assertThat(ring.find(20, 1, peer -> false)).isNull();
        assertThat(ring().find(20, 1, any -> true)).isNull();
    }

    @Test
    void eachPeerIsMetEquallyOftenHoweverFarApartTheyStand() {
        PeerRing ring = ring(1, 2, -5);

        Map<Long, Long> met = LongStream.range(0, 300)
                .map(number -> ring.place(BlockName.start(number)))
                .boxed()
                .collect(Collectors.groupingBy(place -> place, Collectors.counting()));

        assertThat(met).containsOnlyKeys(1L, 2L, -5L);
        assertThat(met.values()).allSatisfy(times -> assertThat(times).isBetween(98L, 102L));
    }
}
