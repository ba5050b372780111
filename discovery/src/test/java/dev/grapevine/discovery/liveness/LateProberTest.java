package dev.grapevine.discovery.liveness;

import static dev.grapevine.discovery.liveness.Peers.peer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** Links that are there, and bring no answer. */
    private static final class SilentPorts implements LivenessPorts {
        @Override
        public void send(PkiId peer, Extension message) {}

        @Override
        public boolean isLinked(PkiId peer) {
            return true;
        }

        @Override
        public void ping(PkiId peer, Consumer<Boolean> answered) {}

        @Override
        public Optional<Timestamp> lastHeard(PkiId peer) {
            return Optional.empty();
        }

        @Override
        public Optional<Timestamp> lastKnown(PkiId peer) {
            return Optional.empty();
        }

        @Override
        public SignedGossipMessage sign(Extension statement) {
            throw new UnsupportedOperationException("nothing is said here");
        }

        @Override
        public SignedGossipMessage refute() {
            throw new UnsupportedOperationException("nothing is said here");
        }

        @Override
        public Optional<SignedGossipMessage> forReceiver(Rumour rumour, PkiId receiver) {
            return Optional.empty();
        }

        @Override
        public SignedGossipMessage parse(ByteString statement) {
            throw new UnsupportedOperationException("nothing is heard here");
        }

        @Override
        public void alive(SignedGossipMessage message, ReceivedMessage source, boolean urgent) {}

        @Override
        public void verify(
                SignedGossipMessage statement, PkiId signer, ReceivedMessage source, boolean urgent, Runnable genuine) {}

        @Override
        public void afterChecks(Runnable task) {
            task.run();
        }

        @Override
        public void reject(ReceivedMessage source, String reason, String detail) {}

        @Override
        public void failed(PkiId peer, String why) {}

        @Override
        public void departed(PkiId peer, Timestamp last) {}
    }
}
