package dev.grapevine.discovery.liveness;

import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Everybody under suspicion, each with a timer that ends it. There are never more than peers on the ring. */
final class Suspicions {
    private final LivenessConfig config;
    private final Scheduler scheduler;
    private final ProbeRing ring;
    private final Consumer<Runnable> afterChecks;
    private final Expired expired;
    private final Map<PkiId, Case> cases = new TreeMap<>();

    /** Takes the end of a suspicion that nobody refuted. */
    interface Expired {
        /**
         * Called when its time has run out.
         *
         * @param accusedByUs whether our own probes failed too
         */
        void expired(PkiId peer, boolean accusedByUs);
    }

    private static final class Case {
        private final Suspicion suspicion;
        private final Rumour accusation;
        private Scheduler.Timer timer = () -> {};

        Case(Suspicion suspicion, Rumour accusation) {
            this.suspicion = suspicion;
            this.accusation = accusation;
        }
    }

    /** @param afterChecks runs a task after the checks of what has come until now: a defence may be among it */
    Suspicions(
            LivenessConfig config,
            Scheduler scheduler,
            ProbeRing ring,
            Consumer<Runnable> afterChecks,
            Expired expired) {
        this.config = config;
        this.scheduler = scheduler;
        this.ring = ring;
        this.afterChecks = afterChecks;
        this.expired = expired;
    }

    /** Whether an accusation would begin a suspicion or confirm one. */
    boolean isNews(PkiId accused, PkiId accuser) {
        Case open = cases.get(accused);
        return ring.contains(accused) && (open == null || !open.suspicion.isBy(accuser));
    }

    boolean isSuspected(PkiId peer) {
        return cases.containsKey(peer);
    }

    /** The accusation that began a peer's suspicion. */
    Optional<Rumour> against(PkiId peer) {
        return Optional.ofNullable(cases.get(peer)).map(open -> open.accusation);
    }

    /**
     * Takes an accusation against a peer of the ring.
     *
     * @return whether it should be passed on: it began the suspicion, or was needed to shorten it
     */
    boolean accuse(Rumour accusation) {
        Case open = cases.get(accusation.about());
        if (open == null) {
            begin(accusation);
            return true;
        }
        boolean counted = open.suspicion.confirm(accusation.by());
        if (counted) {
            arm(accusation.about(), open);
        }
        return counted;
    }

    private void begin(Rumour accusation) {
        int n = ring.size();
        Case open = new Case(
                new Suspicion(
                        accusation.by(),
                        config.confirmations(n),
                        config.shortestSuspicion(n).toNanos(),
                        config.longestSuspicion(n).toNanos(),
                        scheduler.nanoTime()),
                accusation);
        cases.put(accusation.about(), open);
        arm(accusation.about(), open);
    }

    private void arm(PkiId accused, Case open) {
        open.timer.cancel();
        long left = Math.max(0, open.suspicion.deadline() - scheduler.nanoTime());
        open.timer = scheduler.schedule(Duration.ofNanos(left), () -> afterChecks.accept(() -> close(accused, open)));
    }

    private void close(PkiId accused, Case open) {
        if (cases.remove(accused, open)) {
            expired.expired(accused, open.suspicion.isBy(ring.self()));
        }
    }

    /** Ends a suspicion; false if there was none. */
    boolean clear(PkiId peer) {
        Case open = cases.remove(peer);
        if (open != null) {
            open.timer.cancel();
        }
        return open != null;
    }

    void clear() {
        cases.values().forEach(open -> open.timer.cancel());
        cases.clear();
    }
}
