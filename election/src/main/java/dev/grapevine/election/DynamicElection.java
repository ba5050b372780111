package dev.grapevine.election;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.LeadershipMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fabric's election: who hears no leader proposes itself, the smallest PKI-ID among the proposals leads, and of two leaders
 * the larger steps down when it hears the smaller.
 *
 * <p>On the wire it is Fabric's. Inside it differs in one point: a follower counts the silence from the last declaration it
 * heard, as core.yaml describes {@code leaderAliveThreshold}, where Fabric's code looks back over fixed windows of that
 * length. A lost leader is thus replaced in at most threshold + election duration (15 s) instead of up to 25 s. Where all
 * electors notice failures by probes, nobody waits for the silence, and proposals are collected for a tenth of the time.
 */
final class DynamicElection implements Election {
    /**
     * Shortest time between two declarations. A leader answers the declaration of a larger PKI-ID at once; without this floor
     * one peer could make it push to the whole organisation as often as it likes.
     */
    private static final Duration FLOOR = Duration.ofMillis(100);

    private final Logger log = LoggerFactory.getLogger(Election.class);
    private final ElectionConfig config;
    private final PkiId self;
    private final ElectionView view;
    private final LeadershipMessages messages;
    private final LeadershipReport report;
    private final Scheduler scheduler;

    private Phase phase = Phase.NEW;
    private Scheduler.@Nullable Timer timer;
    /** The smallest PKI-ID below ours that has proposed itself since the last declaration we heard. */
    private @Nullable PkiId betterCandidate;

    /** Who declared last, while we follow; none if we follow a better candidate that has not declared yet. */
    private @Nullable PkiId followed;

    /** The better candidate that we follow until it has declared. */
    private @Nullable PkiId awaited;

    /** The next election follows upon the certain end of a leader. */
    private boolean prompt;

    private long declaredAt;

    DynamicElection(
            ElectionConfig config,
            PkiId self,
            ElectionView view,
            LeadershipMessages messages,
            LeadershipReport report,
            Scheduler scheduler) {
        this.config = config;
        this.self = self;
        this.view = view;
        this.messages = messages;
        this.report = report;
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        if (phase != Phase.NEW) {
            throw new IllegalStateException("an election is started once; this one is " + phase);
        }
        enter(Phase.SETTLING);
    }

    @Override
    public void stop() {
        enter(Phase.STOPPED);
    }

    @Override
    public boolean isLeader() {
        return phase == Phase.LEADING;
    }

    @Override
    public Optional<PkiId> leader() {
        return switch (phase) {
            case LEADING -> Optional.of(self);
            case FOLLOWING -> Optional.ofNullable(followed).filter(view::has);
            case NEW, SETTLING, PROPOSING, YIELDING, STOPPED -> Optional.empty();
        };
    }

    @Override
    public void yieldLeadership() {
        if (phase == Phase.LEADING) {
            enter(Phase.YIELDING);
        }
    }

    @Override
    public void receive(LeadershipMessage message) {
        if (phase == Phase.NEW || phase == Phase.STOPPED || message.getPkiId().isEmpty()) {
            return;
        }
        PkiId sender = new PkiId(message.getPkiId());
        if (!view.has(sender)) {
            return;
        }
        if (message.getIsDeclaration()) {
            onDeclaration(sender);
        } else {
            consider(sender);
        }
    }

    private void consider(PkiId candidate) {
        PkiId best = betterCandidate;
        if (candidate.compareTo(best == null ? self : best) < 0) {
            betterCandidate = candidate;
        }
    }

    private boolean isBetter(PkiId other) {
        return other.compareTo(self) < 0;
    }

    @Override
    public void lost(PkiId peer) {
        if (peer.equals(betterCandidate)) {
            betterCandidate = null;
        }
        boolean led = peer.equals(followed) || (followed == null && peer.equals(awaited));
        if (phase == Phase.FOLLOWING && led && view.noticesFailures()) {
            prompt = true;
            enter(Phase.PROPOSING);
        }
    }

    private void onDeclaration(PkiId leader) {
        if (phase != Phase.LEADING || isBetter(leader)) {
            followed = leader;
            enter(Phase.FOLLOWING);
        } else {
            armAt(declaredAt + FLOOR.toNanos(), this::declare);
        }
    }

    /** The only place where the phase changes; each phase's own work begins here. */
    private void enter(Phase next) {
        if (next != phase) {
            log.debug("{} after {}", next, phase);
        }
        phase = next;
        disarm();
        switch (next) {
            case NEW -> throw new IllegalArgumentException("there is no way back to " + next);
            case SETTLING -> settle(scheduler.nanoTime());
            case PROPOSING -> propose();
            case LEADING -> declare();
            case FOLLOWING -> follow();
            case YIELDING -> arm(config.yieldPeriod(), () -> enter(Phase.PROPOSING));
            case STOPPED -> report.ended();
        }
        if (next != Phase.STOPPED) {
            report.leads(next == Phase.LEADING);
        }
    }

    private void settle(long since) {
        int size = view.peers().size();
        arm(config.membershipSampleInterval(), () -> {
            boolean graceIsOver =
                    scheduler.nanoTime() - since >= config.startupGracePeriod().toNanos();
            if (graceIsOver || view.peers().size() == size) {
                enter(Phase.PROPOSING);
            } else {
                settle(since);
            }
        });
    }

    private void propose() {
        followed = null;
        view.gossip(messages.proposal());
        Duration collecting = prompt ? config.promptElectionDuration() : config.leaderElectionDuration();
        prompt = false;
        arm(collecting, () -> enter(betterCandidate == null ? Phase.LEADING : Phase.FOLLOWING));
    }

    private void declare() {
        declaredAt = scheduler.nanoTime();
        view.gossip(messages.declaration());
        arm(config.declarationPeriod(), this::declare);
    }

    private void follow() {
        awaited = betterCandidate;
        betterCandidate = null;
        arm(config.leaderAliveThreshold(), () -> enter(Phase.PROPOSING));
    }

    private void armAt(long nanoTime, Runnable task) {
        arm(Duration.ofNanos(Math.max(0, nanoTime - scheduler.nanoTime())), task);
    }

    private void arm(Duration delay, Runnable task) {
        disarm();
        timer = scheduler.schedule(delay, task);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
