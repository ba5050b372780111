package dev.grapevine.discovery.liveness;

import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.Meters;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.ProbeRequest;
import dev.grapevine.proto.time.Scheduler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failure detection among peers that speak the extensions. A peer that fails a probe is suspected; unless it is heard of
 * while the suspicion lasts, it is dead. What others say begins or shortens a suspicion, no more: the accused answers with
 * a new alive message, and one that is only slow is cleared by its first late answer.
 */
public final class Swim {
    private final Logger log = LoggerFactory.getLogger(Swim.class);
    private final LivenessConfig config;
    private final PkiId self;
    private final Scheduler scheduler;
    private final LivenessPorts ports;
    private final ProbeRing ring;
    private final RumourMill rumours;
    private final Suspicions suspicions;
    private final Prober prober;
    private final Helper helper;
    private final RumourIntake intake;
    private final Statements statements;
    private final AccuserBudget budget = new AccuserBudget();
    private final Messenger messenger;
    private final Meters.Counter suspected;
    private final Meters.Counter refuted;
    private boolean refuting;
    private boolean running;

    public Swim(LivenessConfig config, PkiId self, Scheduler scheduler, Meters meters, LivenessPorts ports) {
        this.config = config;
        this.self = self;
        this.scheduler = scheduler;
        this.ports = ports;
        this.ring = new ProbeRing(self);
        this.rumours = new RumourMill(config, scheduler, meters, ring, ports);
        this.suspicions = new Suspicions(config, scheduler, ring, ports::afterChecks, this::expired);
        this.messenger = new Messenger(ports, rumours, suspicions);
        Awareness awareness = new Awareness(config.awarenessMaximum());
        this.prober = new Prober(config, scheduler, meters, ring, awareness, messenger, this::doubt);
        this.helper = new Helper(config, scheduler, messenger);
        this.intake = new RumourIntake(self, ports, ring, suspicions, this::hear);
        this.statements = new Statements(self, ports);
        this.suspected = meters.counter("gossip_liveness_suspicions");
        this.refuted = meters.counter("gossip_liveness_refutations");
    }

    /**
     * Begins.
     *
     * @param probing whether we look for failures too; else we only answer and refute
     */
    public void start(boolean probing) {
        running = true;
        if (probing) {
            prober.start();
        }
    }

    /** Says farewell to the neighbours and ends. */
    public void stop() {
        if (running) {
            running = false;
            ports.lastHeard(self).ifPresent(last -> rumours.add(statements.farewell(last)));
            rumours.round(Integer.MAX_VALUE);
            prober.stop();
            suspicions.clear();
            rumours.stop();
        }
    }

    /** A peer that speaks the extensions has come to life. */
    public void joined(PkiId peer) {
        ring.add(peer);
    }

    /** A peer is no longer alive, or does not speak the extensions any more. */
    public void left(PkiId peer) {
        ring.remove(peer);
        prober.left(peer);
        suspicions.clear(peer);
        budget.forget(peer);
    }

    /** A newer alive message of a peer has come. */
    public void heard(PkiId peer) {
        if (suspicions.clear(peer)) {
            log.info("peer {} has refuted", peer);
        }
    }

    /** Passes an alive message on that changes what others know of its peer. */
    public void announce(PkiId peer, SignedGossipMessage alive) {
        rumours.add(new Rumour(peer, peer, alive));
    }

    /** Suspects a peer for what we have found out ourselves. */
    public void doubt(PkiId peer) {
        Timestamp last = ports.lastHeard(peer).orElse(null);
        if (running && last != null && suspicions.isNews(peer, self)) {
            Rumour accusation = statements.accusation(peer, last, false);
            suspect(accusation);
            rumours.add(accusation);
        }
    }

    private boolean suspect(Rumour accusation) {
        if (!suspicions.isSuspected(accusation.about())) {
            log.info("peer {} is suspected by {}", accusation.about(), accusation.by());
            suspected.increment();
        }
        return suspicions.accuse(accusation);
    }

    private void expired(PkiId peer, boolean accusedByUs) {
        if (accusedByUs) {
            rumours.add(statements.accusation(peer, ports.lastHeard(peer).orElseThrow(), true));
        }
        ports.failed(peer, "does not answer, nor has refuted");
    }

    /** A genuine accusation or farewell has come. */
    private void hear(Rumour rumour) {
        if (rumour.about().equals(self)) {
            refute(rumour.by());
        } else if (!rumour.isAccusation()) {
            rumours.add(rumour);
        } else if (suspicions.isSuspected(rumour.about()) || budget.take(rumour.by(), scheduler.nanoTime())) {
            boolean fresh = !suspicions.isSuspected(rumour.about());
            if (suspect(rumour)) {
                rumours.add(rumour);
            }
            if (fresh && ring.targets().contains(rumour.about())) {
                prober.probe(rumour.about());
            }
        }
    }

    /** At most once in half a probe interval, whoever accuses us how often; the accuser is told first. */
    private void refute(PkiId accuser) {
        if (refuting || !running) {
            return;
        }
        refuting = true;
        scheduler.schedule(config.probeInterval().dividedBy(2), () -> refuting = false);
        refuted.increment();
        announce(self, ports.refute());
        rumours.tell(accuser);
        rumours.round(config.gossipPeers());
    }

    /** Somebody we have given up speaks to us: it does not know, and only a new alive message of its own brings it back. */
    public void correct(PkiId stranger) {
        if (budget.take(stranger, scheduler.nanoTime())) {
            tellOfDeath(stranger, stranger);
        }
    }

    /** Tells a peer whom we have given up; for it that is an accusation like any other, which the accused may refute. */
    public void tellOfDeath(PkiId peer, PkiId dead) {
        ports.lastKnown(dead)
                .filter(last -> running)
                .ifPresent(last -> messenger.say(peer, statements.accusation(dead, last, true)));
    }

    /** Those we probe and those who probe us. */
    public List<PkiId> neighbours() {
        return ring.neighbours();
    }

    public boolean isSuspected(PkiId peer) {
        return suspicions.isSuspected(peer);
    }

    /** Takes an extension message about liveness. */
    public void receive(Extension message, ReceivedMessage source) {
        PkiId sender = source.sender().pkiId();
        if (!running) {
            return;
        }
        if (ring.contains(sender)) {
            if (!message.hasProbeAnswer()) {
                prober.heard(sender);
            }
            heard(sender);
        } else {
            correct(sender);
        }
        switch (message.getContentCase()) {
            case PROBE -> {
                intake.take(message.getProbe().getStatementsList(), source);
                messenger.answer(sender, message.getProbe().getNumber(), true);
            }
            case PROBE_ANSWER -> {
                prober.answered(
                        message.getProbeAnswer().getNumber(),
                        sender,
                        message.getProbeAnswer().getAlive());
                helper.answered(message.getProbeAnswer().getNumber(), sender);
                intake.take(message.getProbeAnswer().getStatementsList(), source);
            }
            case PROBE_REQUEST -> {
                ProbeRequest request = message.getProbeRequest();
                if (!request.getTarget().isEmpty() && ring.contains(new PkiId(request.getTarget()))) {
                    helper.probe(new PkiId(request.getTarget()), sender, request.getNumber());
                }
            }
            case RUMOURS -> intake.take(message.getRumours().getStatementsList(), source);
            default -> ports.reject(source, "unexpected-extension", message.getContentCase() + " is never sent alone");
        }
    }
}
