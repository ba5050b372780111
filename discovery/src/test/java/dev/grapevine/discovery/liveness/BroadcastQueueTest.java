package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.rumour;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastQueueTest {
    private static final int PLENTY = 1_000_000;

    private int dropped;
    private final BroadcastQueue queue = new BroadcastQueue(3, () -> dropped++);

    private List<Rumour> take(int transmissions) {
        return queue.take(PLENTY, transmissions, rumour -> true);
    }

    @Test
    void tellsEachRumourSoOftenAndNoMore() {
        queue.add(rumour(1, 1));

        assertThat(take(2)).extracting(Rumour::about).containsExactly(Peers.peer(1));
        assertThat(take(2)).extracting(Rumour::about).containsExactly(Peers.peer(1));
        assertThat(take(2)).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void tellsTheLeastToldFirst() {
        queue.add(rumour(1, 1));
        take(5);
        queue.add(rumour(2, 2));

        assertThat(take(5)).extracting(Rumour::about).containsExactly(Peers.peer(2), Peers.peer(1));
    }

    @Test
    void leavesWhatDoesNotFitForTheNextTime() {
        queue.add(rumour(1, 1));
        queue.add(rumour(2, 2));
        int one = rumour(1, 1).statement().size() + BroadcastQueue.OVERHEAD;

        assertThat(queue.take(one, 1, rumour -> true)).hasSize(1);
        assertThat(queue.take(one, 1, rumour -> true)).hasSize(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void forgetsAccusationsOnceTheAccusedHasSpoken() {
        queue.add(rumour(1, 7));
        queue.add(rumour(1, 8));
        queue.add(rumour(1, 1));

        assertThat(take(1)).extracting(Rumour::about).containsExactly(Peers.peer(1));
    }

    @Test
    void keepsTheAccusationsOfSeveralAccusersApart() {
        queue.add(rumour(1, 7));
        queue.add(rumour(1, 8));

        assertThat(take(1)).hasSize(2);
    }

    @Test
    void givesUpTheMostToldWhenFull() {
        queue.add(rumour(1, 1));
        take(5);
        for (int number = 2; number < 5; number++) {
            queue.add(rumour(number, number));
        }

        assertThat(dropped).isEqualTo(1);
        assertThat(take(5)).extracting(Rumour::about).doesNotContain(Peers.peer(1));
    }

    @Test
    void doesNotKeepForEverWhatNobodyMayHear() {
        queue.add(rumour(1, 1));

        for (int round = 0; round < 16; round++) {
            assertThat(queue.take(PLENTY, 2, rumour -> false)).isEmpty();
        }

        assertThat(queue.isEmpty()).isTrue();
    }
}
