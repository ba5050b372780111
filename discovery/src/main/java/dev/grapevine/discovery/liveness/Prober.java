package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Probes one peer of the ring each interval, unless it has just spoken to us by itself: straight, after the probe time-out
 * through others, and at the end of the interval it has failed. A peer without a link is only dialled; that it cannot be reached is for the links to find out.
 */
final class Prober {
    private static final int MAX_ROUNDS = 1_000;

    private final LivenessConfig config;
    private final Scheduler scheduler;
    private final ProbeRing ring;
    private final Awareness awareness;
    private final Messenger messenger;
    private final Consumer<PkiId> failed;
    private final Map<Long, ProbeRound> rounds = new LinkedHashMap<>();
    /** When those of the ring last spoke to us, in nanoseconds of the scheduler. */
    private final Map<PkiId, Long> signs = new HashMap<>();

    private final Meters.Counter answered;
    private final Meters.Counter unanswered;
    private final Meters.Gauge doubt;
    private Scheduler.@Nullable Timer timer;

    Prober(
            LivenessConfig config,
            Scheduler scheduler,
            Meters meters,
            ProbeRing ring,
            Awareness awareness,
            Messenger messenger,
            Consumer<PkiId> failed) {
        this.config = config;
        this.scheduler = scheduler;
        this.ring = ring;
        this.awareness = awareness;
        this.messenger = messenger;
        this.failed = failed;
        this.answered = meters.counter("gossip_liveness_probes", "result", "answered");
        this.unanswered = meters.counter("gossip_liveness_probes", "result", "unanswered");
        this.doubt = meters.gauge("gossip_liveness_self_doubt");
    }

    /** Begins somewhere within the first interval, so that peers started together do not probe together. */
    void start() {
        arm(Duration.ofNanos(scheduler.random().nextLong(config.probeInterval().toNanos())));
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        rounds.values().forEach(ProbeRound::over);
        rounds.clear();
        signs.clear();
    }

    /** A peer of the ring has said something to us. */
    void heard(PkiId peer) {
        signs.put(peer, scheduler.nanoTime());
    }

    /** A peer stands on the ring no more. */
    void left(PkiId peer) {
        signs.remove(peer);
    }

    private void arm(Duration delay) {
        timer = scheduler.schedule(delay, () -> {
            arm(awareness.stretch(config.probeInterval()));
            PkiId target = ring.next();
            if (target != null && !hasSpoken(target)) {
                probe(target);
            }
        });
    }

    /**
     * Whether a peer whose turn it is was heard since half of the turns before: two that stand on each other's list, as all do
     * among a few, need one probe for both.
     */
    private boolean hasSpoken(PkiId target) {
        Long last = signs.get(target);
        Duration recent =
                config.probeInterval().multipliedBy(ring.targets().size()).dividedBy(2);
        return last != null && scheduler.nanoTime() - last < recent.toNanos();
    }

    /** Probes a peer now, unless that is under way. */
    void probe(PkiId target) {
        if (rounds.size() >= MAX_ROUNDS || isProbing(target)) {
            return;
        }
        long number = scheduler.random().nextLong();
        if (messenger.isLinked(target)) {
            ProbeRound round = new ProbeRound(target);
            rounds.put(number, round);
            Duration rest = awareness.stretch(config.probeInterval()).minus(config.probeTimeout());
            round.await(scheduler.schedule(config.probeTimeout(), () -> {
                round.await(scheduler.schedule(rest, () -> end(number)));
                askOthers(number, round);
            }));
        }
        messenger.probe(target, number);
    }

    private boolean isProbing(PkiId target) {
        return rounds.values().stream().anyMatch(round -> round.target().equals(target));
    }

    private void askOthers(long number, ProbeRound round) {
        for (PkiId helper : helpers(round.target())) {
            round.askedHelp(helper);
            messenger.askToProbe(helper, number, round.target());
        }
    }

    private List<PkiId> helpers(PkiId target) {
        List<PkiId> candidates = new ArrayList<>(ring.neighbours());
        candidates.removeIf(peer -> peer.equals(target) || !messenger.isLinked(peer));
        List<PkiId> chosen = new ArrayList<>();
        while (chosen.size() < config.indirectProbes() && !candidates.isEmpty()) {
            chosen.add(candidates.remove(scheduler.random().nextInt(candidates.size())));
        }
        return chosen;
    }

    /** Takes an answer to one of our probes; of no meaning if the round is over. */
    void answered(long number, PkiId sender, boolean alive) {
        ProbeRound round = rounds.get(number);
        if (round != null && round.answered(sender, alive)) {
            rounds.remove(number);
            round.over();
            answered.increment();
            adjust(-1);
        }
    }

    private void end(long number) {
        ProbeRound round = rounds.remove(number);
        if (round != null) {
            unanswered.increment();
            adjust(round.doubt());
            failed.accept(round.target());
        }
    }

    private void adjust(int delta) {
        awareness.adjust(delta);
        doubt.set(awareness.score());
    }
}
