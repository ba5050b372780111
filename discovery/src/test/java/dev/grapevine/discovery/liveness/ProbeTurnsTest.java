package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.discovery.liveness.ProbeTurns.Turn;
import dev.grapevine.proto.PkiId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTurnsTest {
    private static final long INTERVAL = 500;
    private static final long CYCLE = 3 * INTERVAL;
    private static final List<PkiId> THREE = List.of(peer(1), peer(2), peer(3));

    private final ProbeTurns turns = new ProbeTurns(Duration.ofNanos(INTERVAL));

    @Test
    void whoIsNewComesFirst() {
        turns.probed(peer(1), 100);
        turns.heard(peer(3), 100);

        assertThat(turns.next(THREE, 200)).isEqualTo(new Turn(peer(2), 200));
        assertThat(turns.next(List.of(), 200)).isNull();
    }

    @Test
    void eachHasItsTurnOnceInACycle() {
        turns.probed(peer(1), 0);
        turns.probed(peer(2), INTERVAL);
        turns.probed(peer(3), 2 * INTERVAL);
        assertThat(turns.next(THREE, CYCLE)).isEqualTo(new Turn(peer(1), CYCLE));

        turns.probed(peer(1), CYCLE);
        assertThat(turns.next(THREE, CYCLE)).isEqualTo(new Turn(peer(2), CYCLE + INTERVAL));
    }

    @Test
    void whoProbesUsIsLeftInPeaceUntilItShouldHaveDoneSoAgain() {
        turns.heard(peer(1), 1);

        assertThat(turns.next(List.of(peer(1)), 1)).isEqualTo(new Turn(peer(1), 1 + INTERVAL + INTERVAL / 2));
    }

    @Test
    void aProbeOfOursDoesNotBringTheNextOneForward() {
        turns.heard(peer(1), 100);
        turns.probed(peer(1), 101);

        assertThat(turns.next(List.of(peer(1)), 200)).isEqualTo(new Turn(peer(1), 100 + INTERVAL + INTERVAL / 2));
    }

    @Test
    void whoComesBackIsNewAgain() {
        turns.probed(peer(1), 100);
        turns.left(peer(1));

        assertThat(turns.next(List.of(peer(1)), 200)).isEqualTo(new Turn(peer(1), 200));
    }
}
