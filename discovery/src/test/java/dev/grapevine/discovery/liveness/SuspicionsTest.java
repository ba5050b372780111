package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static dev.grapevine.discovery.liveness.Peers.rumour;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a suspicion while there is still something to be checked that came before it. */
class SuspicionsTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    private final VirtualTime time = new VirtualTime(6);
    private final VirtualTime.Node loop = time.newNode();
    private final ProbeRing ring = new ProbeRing(peer(1));
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<PkiId> buried = new ArrayList<>();
    private final Suspicions suspicions =
            new Suspicions(LivenessConfig.lan(), loop, ring, waiting::add, (peer, byUs) -> buried.add(peer));

    @BeforeEach
    void accuse() {
        ring.add(peer(2));
        ring.add(peer(3));
        loop.execute(() -> suspicions.accuse(rumour(2, 3)));
        time.runFor(LONG_ENOUGH);
    }

    @Test
    void nobodyIsBuriedWhoseDefenceMayBeWaiting() {
        assertThat(buried).isEmpty();
        assertThat(suspicions.isSuspected(peer(2))).isTrue();
    }

    @Test
    void whoWasNotDefendedIsBuriedAfterwards() {
        waiting.forEach(Runnable::run);

        assertThat(buried).containsExactly(peer(2));
        assertThat(suspicions.isSuspected(peer(2))).isFalse();
    }

    @Test
    void whoWasDefendedMeanwhileIsNotBuried() {
        suspicions.clear(peer(2));
        waiting.forEach(Runnable::run);

        assertThat(buried).isEmpty();
    }

    @Test
    void aSecondSuspicionDoesNotEndWithTheFirst() {
        suspicions.clear(peer(2));
        suspicions.accuse(rumour(2, 3));
        waiting.forEach(Runnable::run);

        assertThat(buried).isEmpty();
        assertThat(suspicions.isSuspected(peer(2))).isTrue();
    }
}
