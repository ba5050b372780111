package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.PkiId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeRingTest {
    private static ProbeRing ring(int self, int size) {
        ProbeRing ring = new ProbeRing(peer(self));
        IntStream.range(0, size).forEach(number -> ring.add(peer(number)));
        return ring;
    }

    private static List<Integer> numbers(List<PkiId> peers) {
        return peers.stream().map(peer -> (int) peer.bytes().byteAt(0)).toList();
    }

    @Test
    void probesThoseAtPowersOfTwoAndTheNearest() {
        assertThat(numbers(ring(0, 16).targets())).containsExactly(1, 2, 3, 4, 8);
        assertThat(numbers(ring(14, 16).targets())).containsExactly(15, 0, 1, 2, 6);
    }

    @Test
    void probesEverybodyAmongFew() {
        assertThat(numbers(ring(1, 4).targets())).containsExactly(2, 3, 0);
        assertThat(ring(0, 1).targets()).isEmpty();
    }

    @Test
    void everyPeerIsProbedByAsManyAsItProbes() {
        int size = 50;
        List<Integer> probed = IntStream.range(0, size)
                .mapToObj(self -> numbers(ring(self, size).targets()))
                .flatMap(List::stream)
                .toList();

        assertThat(IntStream.range(0, size)
                        .mapToObj(number ->
                                probed.stream().filter(each -> each == number).count()))
                .containsOnly(7L);
    }

    @Test
    void whoProbesUsIsANeighbourToo() {
        int size = 21;
        for (int self = 0; self < size; self++) {
            for (int target : numbers(ring(self, size).targets())) {
                assertThat(numbers(ring(target, size).neighbours()))
                        .contains(self)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void closesTheGapOfWhoeverGoes() {
        ProbeRing ring = ring(0, 16);
        assertThat(numbers(ring.targets())).startsWith(1);
        ring.remove(peer(1));
        ring.remove(peer(99));
        ring.add(peer(2));

        assertThat(numbers(ring.targets())).containsExactly(2, 3, 4, 5, 9);
        assertThat(ring.size()).isEqualTo(15);
        assertThat(ring.contains(peer(1))).isFalse();
    }
}
