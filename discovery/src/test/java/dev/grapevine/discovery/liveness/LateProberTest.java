package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A probe of somebody silent, by a peer that is on time and by one that is itself late with everything. */
class LateProberTest {
    private final VirtualTime time = new VirtualTime(5);
    private final LateScheduler scheduler = new LateScheduler(time.newNode());
    private final List<PkiId> blamed = new ArrayList<>();
    private final LivenessConfig config = LivenessConfig.lan();
    private final Awareness awareness = new Awareness(config.awarenessMaximum());

    @BeforeEach
    void probe() {
        ProbeRing ring = new ProbeRing(peer(1));
        ring.add(peer(2));
        LivenessPorts ports = new SilentPorts();
        Messenger messenger = new Messenger(
                ports,
                new RumourMill(config, scheduler, Meters.NONE, ring, ports),
                new Suspicions(config, scheduler, ring, Runnable::run, (peer, byUs) -> {}));
        Prober prober = new Prober(config, scheduler, Meters.NONE, ring, awareness, messenger, blamed::add);
        scheduler.execute(() -> prober.probe(peer(2)));
    }

    @Test
    void whoIsOnTimeBlamesTheSilentOneAfterAnInterval() {
        time.runFor(config.probeInterval());

        assertThat(blamed).containsExactly(peer(2));
    }

    @Test
    void whoIsLateDoubtsItselfAndBlamesNobodyUntilItIsOnTimeAgain() {
        scheduler.late = Duration.ofMillis(300);
        time.runFor(Duration.ofSeconds(10));
        assertThat(blamed).isEmpty();
        assertThat(awareness.score()).isPositive();

        scheduler.late = Duration.ZERO;
        time.runFor(Duration.ofSeconds(5));
        assertThat(blamed).containsExactly(peer(2));
    }

    /** Runs timers after they were due, as a loop does that has too much to do. */
    private static final class LateScheduler implements Scheduler {
        private final Scheduler punctual;
        private Duration late = Duration.ZERO;

        LateScheduler(Scheduler punctual) {
            this.punctual = punctual;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return punctual.schedule(delay.plus(late), task);
        }

        @Override
        public long nanoTime() {
            return punctual.nanoTime();
        }

        @Override
        public Instant wallTime() {
            return punctual.wallTime();
        }

        @Override
        public void execute(Runnable task) {
            punctual.execute(task);
        }

        @Override
        public RandomGenerator random() {
            return punctual.random();
        }

        @Override
        public boolean inLoop() {
            return punctual.inLoop();
        }
    }
}
