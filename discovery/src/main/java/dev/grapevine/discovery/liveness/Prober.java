package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Probes the peers of the ring in {@linkplain ProbeTurns turn}, at most one each interval: straight, after the probe time-out
 * through others, and at the end of the interval it has failed. A peer without a link is only dialled; that it cannot be
 * reached is for the links to find out.
 */
final class Prober {
    private static final int MAX_ROUNDS = 1_000;

    /** We are late if a timer is by more than this part of the probe time-out. */
    private static final int LATE_SHARE = 4;

    private static final int QUEUES_OF_A_ROUND_TRIP = 4;

    private final LivenessConfig config;
    private final Scheduler scheduler;
    private final ProbeRing ring;
    private final Awareness awareness;
    private final Messenger messenger;
    private final Consumer<PkiId> failed;
    private final Map<Long, ProbeRound> rounds = new LinkedHashMap<>();
    private final ProbeTurns turns;
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
        this.turns = new ProbeTurns(config.probeInterval());
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
        turns.clear();
    }

    /** A peer of the ring has said something to us that is no answer. */
    void heard(PkiId peer) {
        turns.heard(peer, scheduler.nanoTime());
    }

    /** A peer stands on the ring no more. */
    void left(PkiId peer) {
        turns.left(peer);
    }

    private void arm(Duration delay) {
        timer = scheduler.schedule(delay, this::look);
    }

    /** Probes whose turn it is. Then sleeps until the next turn, or for an interval if that is longer. */
    private void look() {
        ProbeTurns.Turn turn = turns.next(ring.targets(), scheduler.nanoTime());
        if (turn != null && turn.due() <= scheduler.nanoTime()) {
            probe(turn.target());
            turn = turns.next(ring.targets(), scheduler.nanoTime());
        }
        long untilDue = turn == null ? 0 : turn.due() - scheduler.nanoTime();
        long least = awareness.stretch(config.probeInterval()).toNanos();
        arm(Duration.ofNanos(Math.max(least, untilDue)));
    }

    /** Probes a peer now, unless that is under way. */
    void probe(PkiId target) {
        turns.probed(target, scheduler.nanoTime());
        if (rounds.size() >= MAX_ROUNDS || isProbing(target)) {
            return;
        }
        long number = scheduler.random().nextLong();
        if (messenger.isLinked(target)) {
            ProbeRound round = new ProbeRound(target);
            rounds.put(number, round);
            Duration rest = awareness.stretch(config.probeInterval()).minus(config.probeTimeout());
            round.await(scheduler.schedule(config.probeTimeout(), () -> {
                awaitEnd(number, round, rest);
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
        turns.probed(sender, scheduler.nanoTime());
        ProbeRound round = rounds.get(number);
        if (round != null && round.answered(sender, alive)) {
            rounds.remove(number);
            round.over();
            answered.increment();
            adjust(-1);
        }
    }

    private void awaitEnd(long number, ProbeRound round, Duration rest) {
        long due = scheduler.nanoTime() + rest.toNanos();
        round.await(scheduler.schedule(rest, () -> end(number, round, scheduler.nanoTime() - due)));
    }

    /**
     * Judges a round, unless we are late ourselves: then an answer has been as late on its way through our own queues, probe and answer
     * through those of the other side if it is as busy as we are, and nobody is blamed before that time has passed as well.
     */
    private void end(long number, ProbeRound round, long late) {
        if (late > config.probeTimeout().toNanos() / LATE_SHARE && rounds.containsKey(number)) {
            adjust(1);
            awaitEnd(number, round, Duration.ofNanos(late).multipliedBy(QUEUES_OF_A_ROUND_TRIP));
            return;
        }
        if (rounds.remove(number) != null) {
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
